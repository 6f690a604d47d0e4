"""Agents at the desk: they take a ticket from the queue, decide on its claim, and reply."""

from __future__ import annotations

import re

from bench.browser import Browser, Form, Page, Unreachable
from faults.journal import Journal, SentReply
from faults.traffic import Actor

OPEN_TICKET = re.compile(r"/desk/tickets/(\d+)/reply/")
LISTED = re.compile(r"/desk/q/all/(\d+)/")
BUSY, AWAY = 500, 503
FROM_LIST = 0.85
SECOND_THOUGHTS = 0.3
RESOLVED = 0.3
REASON = {"decision": "change", "reason": "few", "words": "One person is affected."}


class Specialist(Actor):
    """An agent who works from the queue, mostly not at its top, where all others are.

    When a page does not come, they try again.
    """

    pause = 0.1

    def __init__(self, name: str, journal: Journal, seed: int, browser: Browser) -> None:
        super().__init__(name, journal, seed)
        self.browser, self.number = browser, 0
        self.listed: list[str] = []
        self.shown: set[str] = set()

    def step(self) -> None:
        """Open a ticket; decide on a claim, reply, and now and then resolve it."""
        page = self._next()
        found = OPEN_TICKET.search(page.text) if page else None
        if page is None or found is None:
            return
        self._decide(page)
        self._reply(page, int(found[1]))
        resolving = page.form(to=f"/{found[1]}/resolve/")
        if resolving and self.random.random() < RESOLVED:
            done = self.persist(lambda: self._press(resolving, {}))
            self.journal.count("tickets resolved", by=int(done))

    def _next(self) -> Page | None:
        """Open the ticket at the top, or show one that stood beside it."""
        if self.listed and self.random.random() < FROM_LIST:
            return self._open(f"/desk/q/all/{self.listed.pop()}/pane/")
        page = self._open("/desk/next/")
        listed = set(LISTED.findall(page.text)) - self.shown if page else set()
        self.listed = sorted(listed)
        self.random.shuffle(self.listed)
        self.shown |= listed
        return page

    def _decide(self, page: Page) -> None:
        form = page.form(to="/triage/")
        if form is None:
            return
        values = REASON if self.random.random() < SECOND_THOUGHTS else {"decision": "confirm"}
        if self.persist(lambda: self._press(form, values)):
            self.journal.count("claims decided")

    def _press(self, form: Form, values: dict[str, str]) -> bool:
        """Press a button, and say whether the desk answered."""
        try:
            answer = self.browser.send(form, **values)
        except Unreachable:
            return False
        if answer.status >= BUSY:
            self._busy(answer)
        return answer.status < BUSY

    def _reply(self, page: Page, ticket: int) -> None:
        form = page.form(to=f"/{ticket}/reply/")
        if form is None:
            return
        self.number += 1
        sent = SentReply(f"{self.name}-{self.number}", ticket)
        self.journal.keep(sent)
        text = f"We found the cause and repair it now.\n\nreply:{sent.mark}:\n"
        if not self.persist(lambda: self._send(form, text, sent)):
            self.journal.count("replies given up")

    def _send(self, form: Form, text: str, sent: SentReply) -> bool:
        """Send a reply, the same form again after a broken line; say whether it is settled."""
        sent.tries += 1
        try:
            answer = self.browser.send(form, reply=text)
        except Unreachable:
            return False
        if answer.status >= BUSY:
            self._busy(answer)
            return False
        if answer.status in {302, 303}:
            sent.accepted = True
            return True
        # Somebody wrote meanwhile, perhaps ourselves before the line broke: look.
        there = self._open(f"/desk/tickets/{sent.ticket}/")
        sent.accepted = there is not None and f"reply:{sent.mark}:" in there.text
        self.journal.count("replies stopped by a newer message", by=not sent.accepted)
        return there is not None

    def _open(self, path: str) -> Page | None:
        try:
            page = self.browser.get(path)
        except Unreachable:
            return None
        if page.status >= BUSY:
            self._busy(page)
            return None
        return page

    def _busy(self, answer: Page) -> None:
        self.journal.count(f"the desk answered {answer.status}")
        if answer.status != AWAY:
            self.failures.append(f"The desk answered {answer.status} to {answer.address}.")

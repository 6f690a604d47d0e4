"""Customers at the request page: they press once, twice or thrice, and again when it fails."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from bench.browser import Browser, Form, Unreachable
from faults.journal import Journal, SentForm
from faults.traffic import Actor

PAGE = "/contact/"
BUSY, AWAY = 500, 503
CRITICAL = 0.2


class Requester(Actor):
    """Opens the request page, fills it in, and presses until it says that it was sent."""

    pause = 2.0

    def __init__(self, name: str, journal: Journal, seed: int, browser: Browser) -> None:
        super().__init__(name, journal, seed)
        self.browser, self.number = browser, 0

    def step(self) -> None:
        """Send one request; the presses of one form run at the same time."""
        form = self._blank()
        if form is None:
            return
        self.number += 1
        sent = SentForm(form.fields["submission"], f"{self.name}-{self.number}")
        self.journal.keep(sent)
        values = self._values(sent)
        presses = self.random.choice([1, 1, 2, 3])
        with ThreadPoolExecutor(presses) as hands:
            tabs = [self.browser.twin() for _ in range(presses)]
            done = [hands.submit(self._until_sent, tab, form, values, sent) for tab in tabs]
        if not all(hand.result() for hand in done):
            self.journal.count("forms given up")

    def _blank(self) -> Form | None:
        try:
            return self.browser.get(PAGE).form(named="submission")
        except Unreachable:
            return None

    def _values(self, sent: SentForm) -> dict[str, str]:
        body = f"Exports of large lists fail since noon.\n\nform:{sent.mark}:\n"
        values = {"body": body, "language": "en"}
        if self.random.random() < CRITICAL:
            values |= {"critical": "on", "impact": "outage"}
        return values

    def _until_sent(
        self, tab: Browser, form: Form, values: dict[str, str], sent: SentForm
    ) -> bool:
        return self.persist(lambda: self._press(tab, form, values, sent))

    def _press(self, tab: Browser, form: Form, values: dict[str, str], sent: SentForm) -> bool:
        sent.pressed += 1
        try:
            answer = tab.send(form, **values)
        except Unreachable:
            return False
        if answer.status in {302, 303}:
            sent.accepted += 1
            return True
        self.journal.count(f"the request page answered {answer.status}")
        if answer.status != AWAY:
            self.failures.append(f"The form {sent.mark} was answered with {answer.status}.")
        return answer.status < BUSY

"""Whatever strangers write, nothing of it runs in a browser, and nothing of it is fetched.

Payloads stand in the subject, the text, the HTML, the sender's name and the names of files, on
every page that shows them. What is tripped: a script, a dialog, a breach of our policy (which
would mean that something got into a page as markup), a request to anybody but us.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from email.headerregistry import Address
from email.message import EmailMessage
from urllib.parse import urlsplit

import pytest
from django.utils import timezone
from playwright.sync_api import Dialog, Page, Request, expect

from answerable.accounts.models import Agent, Contact
from answerable.apart.tests.opening import attached
from answerable.apart.tests.payloads import OURS, shared
from answerable.cast import Cast
from answerable.channels.email.sanitise import sanitised
from answerable.channels.email.tests.post import SUPPORT, receive, send_all
from answerable.files.tests.samples import PNG
from answerable.routing.models import QueueEntry
from answerable.routing.queries import MOST_SHOWN
from answerable.tests.browser_fixtures import OpenWindow
from answerable.tickets import actions
from answerable.tickets.actions import Came, Opening, Sender
from answerable.tickets.models import HtmlBody, Message

pytestmark = pytest.mark.browser

TRIPWIRE = """
window.trip = (what) => console.error("TRIPPED " + what)
for (const name of ["alert", "confirm", "prompt", "print", "open"]) window[name] = window.trip
"""
# What browsers say of things that our policy kept from happening.
BREACHES = ("TRIPPED", "Content Security Policy", "Refused to", "Blocked script execution")
TOGETHER = 600


@dataclass
class Wire:
    """What was tripped while pages were looked at."""

    host: str
    tripped: list[str] = field(default_factory=list)

    def watch(self, page: Page) -> None:
        """Listen to a page, and to whom it asks.

        Requests are looked at, not held up: a browser whose requests are held up keeps no
        cache, and thousands of pages would ask for every sheet again.
        """
        page.context.add_init_script(TRIPWIRE)
        page.context.on("requestfinished", self._asked)
        page.context.on("requestfailed", self._asked)
        page.on("console", lambda said: self._said(said.text))
        page.on("pageerror", lambda error: self.tripped.append(f"error: {error}"))
        page.on("dialog", self._dialog)
        page.on("popup", lambda popup: self.tripped.append(f"window: {popup.url}"))

    def _dialog(self, dialog: Dialog) -> None:
        self.tripped.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _said(self, words: str) -> None:
        if any(breach in words for breach in BREACHES):
            self.tripped.append(words)

    def _asked(self, request: Request) -> None:
        # What our policy stops has left nobody's machine.
        if urlsplit(request.url).netloc != self.host and request.failure != "csp":
            self.tripped.append(f"request: {request.url} {request.failure}")


@pytest.fixture
def wire(server_address: str) -> Wire:
    return Wire(urlsplit(server_address).netloc)


Opened = Callable[..., Page]


@pytest.fixture
def watched(open_window: OpenWindow, wire: Wire) -> Opened:
    """Open a window whose every page is listened to."""

    def opened(person: Agent | Contact) -> Page:
        page = open_window(person, "/sign-in/")
        wire.watch(page)
        return page

    return opened


def test_the_wire_trips(cast_now: Cast, watched: Opened, wire: Wire) -> None:
    page = watched(cast_now.ana)
    page.goto("about:blank")
    with page.context.expect_event("requestfailed"):
        page.evaluate("new Image().src = 'https://evil.example/a.png'")
    with page.expect_console_message():
        page.evaluate("alert(1)")
    assert [trip.split()[0].strip(":") for trip in wire.tripped] == ["request", "TRIPPED"]


def mail_of(payload: str) -> bytes:
    """Return a mail that has a payload wherever one can stand."""
    line = " ".join(payload.split())
    mail = EmailMessage()
    mail["From"] = Address(line[:150], addr_spec="mallory@evil.example")
    mail["To"], mail["Subject"] = SUPPORT, line
    mail.set_content(payload)
    mail.add_alternative(f"<p>Hello</p>{payload}", subtype="html")
    mail.add_attachment(payload.encode(), "image", "png", filename=line[:150])
    mail.add_attachment(PNG, "image", "png", filename=f"{line[:150]}.png")
    return mail.as_bytes()


def batched(items: Iterable[str], count: int) -> Iterator[list[str]]:
    """Give items by so many."""
    rest = list(items)
    for begin in range(0, len(rest), count):
        yield rest[begin : begin + count]


def look_at(page: Page, messages: Sequence[Message], base: str) -> None:
    """Look at each conversation and at each mail as it was written, with its pictures."""
    for message in messages:
        page.goto(f"{base}/{message.ticket_id}/")
        page.locator("details").evaluate_all("all => all.forEach(one => (one.open = true))")
        page.goto(f"{base}/{message.ticket_id}/written/{message.pk}/?pictures=1")
        expect(page.locator("body")).to_be_attached()


def test_a_mail_does_nothing_at_the_desk(cast_now: Cast, watched: Opened, wire: Wire) -> None:
    mails = [receive(mail_of(payload), at=timezone.now()) for payload in OURS]
    messages = [mail.message for mail in mails if mail.message]
    assert len(messages) == len(OURS)
    assert HtmlBody.objects.count() == len(OURS)
    page = watched(cast_now.ana)
    page.goto("/desk/q/review/")
    look_at(page, messages, "/desk/tickets")
    assert wire.tripped == []


def test_a_mail_does_nothing_on_customers_pages_outbox_and_office(
    cast_now: Cast, watched: Opened, wire: Wire
) -> None:
    messages = [written(cast_now, some, subject=some[0]) for some in batched(OURS, 7)]
    for message in messages:
        reply = f"See {message.body}"[:9000]
        actions.answer(
            message.ticket, agent=cast_now.ana, body=reply, seen=2**62, at=timezone.now()
        )
    sent = send_all()
    assert len(sent) >= len(messages)
    page = watched(cast_now.dana)
    page.goto("/requests/")
    look_at(page, messages, "/requests")
    page = watched(cast_now.ida)
    page.goto("/outbox/")
    for mail in sent:
        page.goto(f"/outbox/{mail.pk}/")
    for path in ("/office/plans/", "/office/plans/premium/", "/office/plans/premium/edit/"):
        page.goto(path)
    assert wire.tripped == []


def test_a_frame_without_scripts_is_the_second_wall(
    cast_now: Cast, watched: Opened, wire: Wire
) -> None:
    """What the sanitiser might let through one day still runs nothing and asks nobody."""
    message = written(cast_now, ["Hello"], subject="Hello")
    # One that leads its frame elsewhere: our pages let no frame be led there.
    HtmlBody.objects.update(html="".join(one for one in OURS if "http-equiv" not in one))
    page = watched(cast_now.ana)
    page.goto(f"/desk/tickets/{message.ticket_id}/")
    page.get_by_text("Show as it was written").click()
    expect(page.frame_locator("iframe").get_by_text("press").first).to_be_attached()
    frame = page.frames[-1]
    assert "/files/mail-" in frame.url
    page.wait_for_load_state("networkidle")
    assert [trip for trip in wire.tripped if "TRIPPED" in trip or "request" in trip] == []
    assert [trip for trip in wire.tripped if "dialog" in trip or "window" in trip] == []


@pytest.mark.skipif(not shared(), reason="The folder ../shared/security is not here.")
def test_thousands_of_payloads_do_nothing(cast_now: Cast, watched: Opened, wire: Wire) -> None:
    payloads = [*OURS, *dict.fromkeys(shared())]
    messages = [written(cast_now, some) for some in batched(payloads, TOGETHER)]
    for person, base in ((cast_now.ana, "/desk/tickets"), (cast_now.dana, "/requests")):
        look_at(watched(person), messages, base)
    assert wire.tripped == []


@pytest.mark.skipif(not shared(), reason="The folder ../shared/security is not here.")
def test_thousands_of_names_and_subjects_do_nothing(
    cast_now: Cast, watched: Opened, wire: Wire
) -> None:
    page = watched(cast_now.ana)
    for some in batched(dict.fromkeys(shared()), 600):
        openings = [
            Opening(
                sender=Sender(name=payload, email="mallory@evil.example"),
                subject=payload,
                body=payload or "x",
                channel="email",
            )
            for payload in some
            if payload.strip()
        ]
        actions.open_tickets([(opening, timezone.now()) for opening in openings])
        for first in range(0, len(openings), MOST_SHOWN):
            page.goto(f"/desk/q/review/?from={first}")
            shown = min(MOST_SHOWN, len(openings) - first)
            expect(page.locator("[data-number]")).to_have_count(shown)
        # What was looked at makes room; nobody waits for what these would cause.
        QueueEntry.objects.all().delete()
    assert wire.tripped == []


def written(cast: Cast, payloads: Sequence[str], subject: str = "") -> Message:
    """Have Dana write payloads: each in the text, by itself in the HTML, as a file's name."""
    at = timezone.now()
    text = "\n\n".join(payloads)
    opening = Opening(
        sender=Sender(contact=cast.dana),
        subject=subject or payloads[0],
        body=text[:140_000] if text.strip() else "x",
        channel="email",
        folded=text[:140_000],
    )
    (message,) = actions.open_tickets([(opening, at)])
    html = "".join(f"<div>{sanitised(payload)}</div>" for payload in payloads)
    actions.attach_parts([Came(message=message, html=html)], at=at)
    for payload in payloads:
        attached(message, b"x", payload.replace("\0", "")[:200], at=at)
    return message

"""What goes out, part by part, as its reader's program and our own see it."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from functools import partial

import pytest

from answerable.cast import Cast
from answerable.channels.email.compose import compose
from answerable.channels.email.core.mapped import pieces_of
from answerable.channels.email.core.page import Look, Page, Quoted
from answerable.channels.email.core.parse import read_mail
from answerable.channels.email.jobs import mail_notices
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import opened_by_mail, queued
from answerable.channels.email.wire import WIRE, WireMessage
from answerable.sla.actions import wake_due
from answerable.tickets import actions as tickets
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

AT = datetime(2025, 10, 20, 8, 5, tzinfo=UTC)
BODY = (
    "Hello Dana,\n\nthe export works again:\n- in EU-1\n- in EU-2\n\nSee https://a.example/42."
)

AS_TEXT = """\
Hello Dana,

the export works again:
- in EU-1
- in EU-2

See https://a.example/42.

Ana Silva
Specialist
Answerable Support

--{space}
Read it all: http://127.0.0.1:8000/requests/{number}/

On 20 October 2025 at 10:00, Dana Wolf wrote:
> Every export stops.
"""


def raw_of(mail: OutgoingMail) -> bytes:
    return bytes(compose(mail, []).message().as_bytes())


def read(mail: OutgoingMail) -> EmailMessage:
    return message_from_bytes(raw_of(mail), policy=policy.default)


def part(mail: EmailMessage, name: str) -> str:
    found = mail.get_body((name,))
    assert found
    return str(found.get_content())


def answered(cast: Cast, ticket: Ticket, body: str = BODY) -> OutgoingMail:
    tickets.answer(ticket, agent=cast.ana, body=body, seen=2**62, at=AT)
    return queued("reply")[-1]


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at, body="Every export stops.")


def test_a_reply_has_a_text_and_a_page_that_say_the_same(cast: Cast, ticket: Ticket) -> None:
    mail = read(answered(cast, ticket))
    assert mail.get_content_type() == "multipart/alternative"
    types = [one.get_content_type() for one in mail.iter_parts()]
    assert types == ["text/plain", "text/html"]
    assert part(mail, "plain").replace("\r\n", "\n") == AS_TEXT.format(
        number=ticket.pk, space=" "
    )
    page = part(mail, "html")
    for words in ("<li>in EU-1</li>", 'href="https://a.example/42"', "Ana Silva<br>", "Dana"):
        assert words in page
    assert '<html lang="en">' in page


def test_we_read_our_own_mail_as_it_was_written(cast: Cast, ticket: Ticket) -> None:
    ours = read_mail(raw_of(answered(cast, ticket, "Grüße — 日本語\n" + "x" * 3000)))
    assert ours.text.replace("\r\n", "\n").startswith("Grüße — 日本語\n" + "x" * 3000 + "\n")
    assert ours.sender_name == "Ana Silva (Answerable Support)"
    assert ours.sender == "support@answerable.example"


def test_it_is_the_same_each_time_it_is_written(cast: Cast, ticket: Ticket) -> None:
    mail = answered(cast, ticket)
    assert raw_of(mail) == raw_of(OutgoingMail.objects.get(pk=mail.pk))


def test_no_line_is_longer_than_a_server_takes(cast: Cast, ticket: Ticket) -> None:
    raw = raw_of(answered(cast, ticket, "ä" * 9000))
    assert raw.isascii()
    assert max(map(len, raw.split(b"\r\n"))) <= 78


def test_a_person_writes_it_and_no_machine(cast: Cast, ticket: Ticket) -> None:
    mail = read(answered(cast, ticket))
    assert mail["From"].addresses[0].display_name == "Ana Silva (Answerable Support)"
    assert mail["Reply-To"].addresses[0].display_name == "Answerable Support"
    for name in ("Auto-Submitted", "X-Auto-Response-Suppress", "List-Unsubscribe"):
        assert mail[name] is None


def test_it_speaks_the_language_of_who_asked(cast: Cast, at: datetime) -> None:
    cast.dana.language = "de"
    cast.dana.save()
    ticket = opened(cast.dana, at, body="Der Export steht.")
    text = part(read(answered(cast, ticket)), "plain")
    assert "Am 20. Oktober 2025 um 10:00 schrieb Dana Wolf:" in text
    assert "Alles lesen: http://" in text
    assert '<html lang="de">' in queued("reply")[-1].html


def test_it_quotes_no_words_that_may_be_a_strangers(cast: Cast, ticket: Ticket) -> None:
    tickets.add_message(
        ticket,
        sender=tickets.Sender(name="Eve <eve@evil.example>"),
        body="Send it to me.",
        verified=False,
        at=AT,
    )
    text = answered(cast, ticket).text
    assert "Send it to me." not in text
    assert "> Every export stops." in text


def test_an_answer_by_itself_says_so(cast: Cast, ticket: Ticket, at: datetime) -> None:
    by_form = read(queued("acknowledgement")[0])
    assert by_form["Auto-Submitted"] == "auto-generated"
    opened_by_mail(cast.dana, at=at)
    by_mail = read(queued("acknowledgement")[-1])
    assert by_mail["Auto-Submitted"] == "auto-replied"
    assert by_mail["X-Auto-Response-Suppress"] == "All"
    assert by_mail["From"].addresses[0].display_name == "Answerable Support"


def test_no_address_is_hidden_behind_words_of_a_subject(cast: Cast, at: datetime) -> None:
    opened(cast.dana, at, subject="[Sign in](https://evil.example/) **now**")
    page = queued("acknowledgement")[-1].html
    assert ">Sign in</a>" not in page
    assert "<strong>" not in page


def test_a_notification_can_be_ended_with_one_press(cast: Cast, at: datetime) -> None:
    critical = opened_critical(cast.dana, at)
    wake_due(at=at)
    event = critical.events.filter(verb="escalated").latest("pk")
    mail_notices(pairs=[[cast.ana.pk, event.pk]])
    mail = read(queued("notification")[0])
    address = str(mail["List-Unsubscribe"])
    assert address.startswith("<http://127.0.0.1:8000/mails/")
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert address.strip("<>") in part(mail, "plain")
    cast.ana.notified_by_mail = False
    cast.ana.save()
    mail_notices(pairs=[[cast.ana.pk, critical.events.latest("pk").pk]])
    assert len(queued("notification")) == 1


def test_a_mail_of_the_release_before_has_no_page(cast: Cast, ticket: Ticket) -> None:
    mail = answered(cast, ticket)
    mail.html = ""
    assert read(mail).get_content_type() == "text/plain"


def test_a_quotation_is_short() -> None:
    long = "\n".join(["> old", *(f"line {number}" for number in range(40))])
    text = Page("Yes", quoted=Quoted("Dana wrote:", long)).as_text()
    assert text.startswith("Yes\n\nDana wrote:\n> line 0\n")
    assert text.endswith("> line 11\n> […]\n")
    wide = Page("Yes", quoted=Quoted("Dana wrote:", "x" * 9000)).as_text()
    assert len(wide) < 1300


@pytest.mark.parametrize(
    ("look", "has"),
    [
        (Look(accent="#123456"), "solid #123456"),
        (Look(accent="red;x"), "solid #3b6ea8"),
        (Look(logo="https://a.example/logo.png"), 'src="https://a.example/logo.png"'),
    ],
)
def test_it_has_the_look_of_its_house(look: Look, has: str) -> None:
    page = Page("Hello", "Ana").as_html(subject="x", language="en", look=look)
    assert has in page


@pytest.mark.parametrize("logo", ["", "http://a.example/x.png", "javascript:alert(1)"])
def test_it_asks_for_no_picture_unless_told(logo: str) -> None:
    page = Page("Hello", "Ana").as_html(subject="<b>", language="en", look=Look(logo=logo))
    assert "<img" not in page
    assert "<title>&lt;b&gt;</title>" in page


def test_files_are_written_as_the_library_writes_them() -> None:
    contents = {"a.bin": bytes(range(256)) * 10, "empty.txt": b"", "Übersicht.pdf": b"x" * 57}
    ours, theirs = (WireMessage(policy=WIRE) for _ in range(2))
    for wire in (ours, theirs):
        wire["Message-ID"] = "<1@answerable.example>"
        wire.set_content("See these.", cte="quoted-printable")
    for name, content in contents.items():
        kind = ("application", "octet-stream")
        ours.enclose(partial(pieces_of, content), kind=kind, name=name)
        theirs.add_attachment(content, *kind, filename=name)
    ours.set_boundary("b")
    theirs.set_boundary("b")
    assert ours.as_bytes() == theirs.as_bytes()

"""An agent's words reach the customer, and an internal note never does."""

from __future__ import annotations

from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage

import pytest
from django.utils.timezone import now
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.compose import compose
from answerable.channels.email.models import InboundMail, OutboxMail, OutgoingMail
from answerable.channels.email.tests.post import (
    mail_of,
    opened_by_mail,
    queued,
    receive,
    send_all,
)
from answerable.tickets import actions as tickets
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical


def last_sent() -> EmailMessage:
    """Return the newest reply in the outbox as its reader's program sees it."""
    send_all()
    raw = bytes(OutboxMail.objects.get(message_id=queued("reply")[-1].mail_id).raw)
    return message_from_bytes(raw, policy=policy.default)


def text_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part
    return str(part.get_content())


def answer(ticket: Ticket, cast: Cast, body: str = "We look into it.") -> None:
    tickets.answer(ticket, agent=cast.ana, body=body, seen=2**62, at=now())


def test_it_sends_an_answer_to_who_asked(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at, subject="Exports fail")
    answer(ticket, cast, "Grüße — es geht wieder.")
    sent = queued("reply")[0]
    send_all()
    mail = compose(sent, []).message()
    assert mail["From"] == '"Ana Silva (Answerable Support)" <support@answerable.example>'
    assert mail["To"] == "Dana Wolf <dana@nordwind.example>"
    assert mail["Subject"] == f"[#{ticket.pk}] Re: Exports fail"
    assert mail["Message-ID"] == sent.mail_id
    assert mail["Auto-Submitted"] is None
    text = text_of(mail)
    assert text.startswith(
        "Grüße — es geht wieder.\n\nAna Silva\nSpecialist\nAnswerable Support\n"
    )
    assert f"http://127.0.0.1:8000/requests/{ticket.pk}/" in text


def test_it_asks_for_replies_at_an_address_that_proves_the_ticket(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    answer(ticket, cast)
    send_all()
    address = last_sent()["Reply-To"].addresses[0].addr_spec
    mail = receive(mail_of("dana@nordwind.example", "Thanks."), at=at, to=address)
    assert mail.ticket == ticket


def test_it_threads_at_the_customers(cast: Cast, at: datetime) -> None:
    raw = mail_of("dana@nordwind.example", Message_ID="<first@nordwind.example>")
    ticket = receive(raw, at=at).ticket
    assert ticket
    long = f"<{'x' * 120}@nordwind.example>"
    receive(
        mail_of("dana@nordwind.example", "More.", Message_ID=long),
        at=now(),
        to=ours.reply_address(ticket),
    )
    answer(ticket, cast)
    mail = last_sent()
    assert str(mail["In-Reply-To"]) == long
    references = str(mail["References"]).split()
    told = queued("acknowledgement")[0].mail_id
    assert references == ["<first@nordwind.example>", told, long]


def test_it_answers_a_stranger_who_was_let_in(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at)
    tickets.admit(ticket, contact=None, agent=cast.ana, at=at)
    answer(ticket, cast)
    mail = last_sent()
    assert mail["To"] == "Nobody Known <nobody@elsewhere.example>"
    assert "http" not in text_of(mail)


def test_it_says_when_there_is_nobody_to_send_to(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at, sender=tickets.Sender(name="Nobody"))
    answer(ticket, cast)
    assert queued("reply") == []
    assert ticket.events.get(verb="undelivered").data["why"] == (
        "There is no address to send it to."
    )


def test_it_never_mails_a_note(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    before = OutgoingMail.objects.count()
    tickets.add_note(ticket, agent=cast.ana, body="Internal: do not tell.", at=at)
    assert OutgoingMail.objects.count() == before
    assert not any("Internal" in mail.parsed.text for mail in send_all())


def test_it_sends_the_reason_before_a_changed_claim_takes_effect(cast: Cast) -> None:
    ticket = opened_critical(cast.dana, now())
    tickets.change_claim(
        ticket,
        agent=cast.ana,
        reason="few",
        reason_says="A small group is affected",
        words="Only one workspace is affected.",
        at=now(),
    )
    ticket.refresh_from_db()
    assert ticket.severity == "business_critical"
    send_all()
    ticket.refresh_from_db()
    assert ticket.severity == "standard"
    assert queued("notice")[0].text.startswith("Only one workspace is affected.")
    assert queued("reply") == []


@pytest.mark.parametrize(
    "subject", ["Hi\nBcc: eve@evil.example", "Hi\r\n\r\nbody", "Hi\u2028x"]
)
def test_it_lets_nobody_add_headers(cast: Cast, at: datetime, subject: str) -> None:
    ticket = opened(cast.dana, at, subject=subject)
    answer(ticket, cast)
    mail = last_sent()
    assert mail["Bcc"] is None
    assert str(mail["Subject"]).startswith(f"[#{ticket.pk}] Re: Hi")
    assert text_of(mail).startswith("We look into it.")


def test_it_fails_a_mail_whose_address_would_add_headers(cast: Cast, at: datetime) -> None:
    stranger = tickets.Sender(name="Eve", email="eve@evil.example\nBcc: all@x.example")
    ticket = opened(None, at, sender=stranger)
    answer(ticket, cast)
    assert send_all() == []
    assert queued("reply")[0].state == "failed"


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
@given(text=st.text(max_size=200), name=st.text(max_size=60), ref=st.text(max_size=80))
def test_it_writes_any_text_and_name(text: str, name: str, ref: str) -> None:
    queued = OutgoingMail(
        kind="sign_in_link",
        to="dana@nordwind.example",
        to_name=name,
        subject=text,
        text=text,
        mail_id="<1.a@answerable.example>",
        created_at=now(),
    )
    wire = compose(queued, [f"<{ref}>", "<ok@x>"]).message().as_bytes(linesep="\r\n")
    head, _, _ = wire.partition(b"\r\n\r\n")
    names = {line.split(b":")[0] for line in head.split(b"\r\n") if line[:1] not in b" \t"}
    assert names <= {
        b"From", b"To", b"Subject", b"Date", b"Message-ID", b"In-Reply-To", b"References",
        b"Auto-Submitted", b"X-Auto-Response-Suppress", b"Content-Type",
        b"Content-Transfer-Encoding", b"MIME-Version", b"X-Answerable-Sender",
    }  # fmt: skip
    assert all(len(line) < 998 for line in wire.split(b"\r\n"))


def test_it_shows_a_sent_mail(cast: Cast, at: datetime) -> None:
    ticket = opened_by_mail(cast.dana, at=at)
    shown = send_all()[0].parsed
    assert shown.to == "Dana Wolf <dana@nordwind.example>"
    assert shown.in_reply_to == InboundMail.objects.get(ticket=ticket).mail_id
    assert dict(shown.headers)["Message-ID"] == shown.message_id
    assert "Hello Dana Wolf," in shown.text

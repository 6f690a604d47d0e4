"""Machines open no tickets, get no mail, and no two of them talk to each other through us."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.actions import drain, queue_notifications
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import (
    arrive,
    mail_of,
    opened_by_mail,
    queued,
    receive,
    send_all,
)
from answerable.channels.email.tests.test_bounce import block, report, report_of
from answerable.desk.queries.timeline import timeline_of
from answerable.routing.models import Notice
from answerable.tickets.actions import answer, take
from answerable.tickets.models import Message, Ticket


def answered(cast: Cast, at: datetime) -> Message:
    ticket = opened_by_mail(cast.dana, at=at)
    return answer(ticket, agent=cast.ana, body="We look.", seen=2**62, at=now())


@pytest.mark.parametrize(
    "headers",
    [
        {"Auto_Submitted": "auto-replied"},
        {"X_Autoreply": "yes"},
        {"Precedence": "auto_reply"},
    ],
)
def test_it_refuses_an_automatic_mail_and_says_why(
    cast: Cast, at: datetime, headers: dict[str, str]
) -> None:
    mail = receive(mail_of("dana@nordwind.example", **headers), at=at)
    assert (mail.state, mail.ticket) == ("refused", None)
    assert mail.reason.startswith("It says so itself")
    assert not Ticket.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_it_parks_what_only_looks_automatic(cast: Cast, at: datetime) -> None:
    raw = mail_of("dana@nordwind.example", Subject="Automatic reply: Exports")
    mail = receive(raw, at=at)
    assert (mail.state, mail.ticket) == ("review", None)


def test_it_adds_no_automatic_reply_to_a_ticket(cast: Cast, at: datetime) -> None:
    ticket = opened_by_mail(cast.dana, at=at)
    raw = mail_of("dana@nordwind.example", Auto_Submitted="auto-replied")
    receive(raw, at=at, to=ours.reply_address(ticket))
    assert ticket.messages.count() == 1


def test_it_knows_its_own_mail_that_comes_back(cast: Cast, at: datetime) -> None:
    answered(cast, at)
    raws = [bytes(mail.raw) for mail in send_all()]
    assert len(raws) == 2
    before = Ticket.objects.count(), Message.objects.count(), OutgoingMail.objects.count()
    for raw in raws:
        mail = receive(raw, at=at)
        assert (mail.state, mail.reason) == ("refused", "It comes from our own address.")
    assert before == (
        Ticket.objects.count(),
        Message.objects.count(),
        OutgoingMail.objects.count(),
    )


def test_it_stops_programs_that_answer_each_other(cast: Cast, at: datetime) -> None:
    for number in range(25):
        receive(mail_of("dana@nordwind.example", f"I am away ({number})."), at=at)
    assert Ticket.objects.count() == 25
    assert len(queued("acknowledgement")) == 20


def test_it_holds_a_known_contacts_mail_by_a_list_for_review(cast: Cast, at: datetime) -> None:
    raw = mail_of("dana@nordwind.example", List_Id="<it.nordwind.example>")
    mail = receive(raw, at=at)
    assert mail.ticket
    assert mail.ticket.state == "review"
    assert queued("acknowledgement") == []


def test_it_parks_a_newsletter(cast: Cast, at: datetime) -> None:
    mail = receive(mail_of("news@elsewhere.example", List_Id="<news.example>"), at=at)
    assert (mail.state, mail.ticket) == ("review", None)


def test_it_lets_a_reply_through_that_came_by_a_list(cast: Cast, at: datetime) -> None:
    ticket = opened_by_mail(cast.dana, at=at)
    raw = mail_of("dana@nordwind.example", List_Id="<it.nordwind.example>")
    mail = receive(raw, at=at, to=ours.reply_address(ticket))
    assert (mail.state, mail.ticket) == ("accepted", ticket)


def test_it_takes_back_a_reply_that_bounced(cast: Cast, at: datetime) -> None:
    message = answered(cast, at)
    send_all()
    sent = queued("reply")[0]
    mail = receive(report("failed", "5.2.2", sent.mail_id), at=at, by="")
    assert mail.state == "refused"
    assert f"Our mail on #{message.ticket_id} did not arrive." in mail.reason
    ticket = Ticket.objects.get(pk=message.ticket_id)
    event = ticket.events.get(verb="undelivered")
    assert (event.message, event.data["why"]) == (message, "550 5.2.2 mailbox full")
    assert ticket.state == "open"


def test_it_finds_a_reply_by_the_address_for_replies_that_comes_back(
    cast: Cast, at: datetime
) -> None:
    message = answered(cast, at)
    raw = (
        "From: mailer-daemon@mx.example\r\nSubject: failure notice\r\n\r\n"
        "<dana@nordwind.example>:\r\n550 5.1.1 no such user\r\n\r\n"
        "--- Below this line is a copy of the message.\r\n\r\n"
        f"Reply-To: <{ours.reply_address(message.ticket)}>\r\n"
    )
    mail = receive(raw.encode(), at=at, by="")
    assert "did not arrive" in mail.reason
    assert message.ticket.events.get(verb="undelivered").message == message


def test_it_takes_back_a_reply_once(cast: Cast, at: datetime) -> None:
    message = answered(cast, at)
    sent = queued("reply")[0].mail_id
    receive(report("failed", "5.2.2", sent), at=at, by="")
    mail = receive(report("failed", "5.1.1", sent), at=at, by="")
    assert "was known" in mail.reason
    assert message.ticket.events.filter(verb="undelivered").count() == 1


def test_it_takes_nothing_back_for_a_delay_and_notes_it_once(cast: Cast, at: datetime) -> None:
    message = answered(cast, at)
    for status in ("4.4.1", "4.4.7"):
        mail = receive(report("delayed", status, queued("reply")[0].mail_id), at=at, by="")
        assert "delayed" in mail.reason
    assert not message.ticket.events.filter(verb="undelivered").exists()
    event = message.ticket.events.get(verb="delayed")
    assert event.data["why"] == "550 5.2.2 mailbox full"


def test_it_takes_nothing_back_for_recipients_that_are_not_ours(
    cast: Cast, at: datetime
) -> None:
    message = answered(cast, at)
    raw = report_of(
        block("x@nordwind.example", "failed", "5.1.1"),
        block("y@nordwind.example", "failed", "5.1.1"),
        original=queued("reply")[0].mail_id,
    )
    mail = receive(raw, at=at, by="")
    assert "other recipients" in mail.reason
    assert not message.ticket.events.filter(verb="undelivered").exists()


def test_it_tells_the_owner_of_a_bounce(cast: Cast, at: datetime) -> None:
    message = answered(cast, at)
    take(message.ticket, agent=cast.ben, at=at)
    receive(report("failed", "5.2.2", queued("reply")[0].mail_id), at=at, by="")
    queue_notifications(
        Notice.objects.filter(event__verb="undelivered").values_list("agent", "event"), at=at
    )
    (mail,) = queued("notification")
    assert mail.to == cast.ben.user.email
    assert "did not reach the customer" in mail.subject
    assert "550 5.2.2 mailbox full" in mail.text


def test_it_says_on_the_desk_that_a_reply_came_back(cast: Cast, at: datetime) -> None:
    message = answered(cast, at)
    send_all()
    receive(report("failed", "5.2.2", queued("reply")[0].mail_id), at=at, by="")
    entries = timeline_of(message.ticket, [], UTC).entries
    wrong = [entry.sending for entry in entries if entry.message == message]
    assert [one.why for one in wrong if one] == ["550 5.2.2 mailbox full"]


@pytest.mark.parametrize("header", ["X-Answerable-Sender", "Message-ID"])
def test_it_knows_its_own_mail_whatever_sender_a_list_gives_it(
    cast: Cast, at: datetime, header: str
) -> None:
    answered(cast, at)
    sent = message_from_bytes(bytes(send_all()[-1].raw))
    raw = mail_of("list@elsewhere.example", **{header.replace("-", "_"): sent[header]})
    mail = receive(raw, at=at)
    assert (mail.state, mail.ticket) == ("refused", None)


def test_it_takes_another_installations_mail_for_no_mail_of_its_own(
    cast: Cast, at: datetime
) -> None:
    raw = mail_of(
        "dana@nordwind.example",
        X_Answerable_Sender="help@elsewhere.example",
        Message_ID="<7.0123456789abcdef01234567@elsewhere.example>",
    )
    assert receive(raw, at=at).state == "accepted"


def test_it_parks_what_programs_write_to_one_ticket(cast: Cast, at: datetime) -> None:
    ticket = opened_by_mail(cast.dana, at=at)
    for number in range(60):
        mail = arrive(
            mail_of("dana@nordwind.example", f"Away ({number})."),
            at=at,
            to=ours.reply_address(ticket),
        )
    drain(clock=now)
    late = receive(
        mail_of("dana@nordwind.example", "Away again."), at=at, to=ours.reply_address(ticket)
    )
    mail.refresh_from_db()
    assert (late.state, late.ticket) == ("review", None)
    assert "within an hour" in late.reason


def test_it_parks_the_answer_of_a_calendar(cast: Cast, at: datetime) -> None:
    raw = (
        b"From: dana@nordwind.example\r\nTo: support@answerable.example\r\n"
        b"Subject: Accepted: Call\r\nContent-Type: text/calendar; method=REPLY\r\n\r\n"
        b"BEGIN:VCALENDAR\r\nMETHOD:REPLY\r\nEND:VCALENDAR\r\n"
    )
    mail = receive(raw, at=at)
    assert (mail.state, mail.ticket) == ("review", None)
    assert "METHOD:REPLY" in mail.reason


def test_it_takes_nothing_back_for_a_bounce_of_an_acknowledgement(
    cast: Cast, at: datetime
) -> None:
    ticket = opened_by_mail(cast.dana, at=at)
    told = queued("acknowledgement")[0]
    mail = receive(report("failed", "5.1.1", told.mail_id), at=at, by="")
    assert "automatic mail of ours" in mail.reason
    assert not ticket.events.filter(verb="undelivered").exists()

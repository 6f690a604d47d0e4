"""Machines open no tickets, get no mail, and no two of them talk to each other through us."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import (
    mail_of,
    opened_by_mail,
    queued,
    receive,
    send_all,
)
from answerable.channels.email.tests.test_bounce import report
from answerable.tickets.actions import answer
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


def test_it_takes_nothing_back_for_a_delay(cast: Cast, at: datetime) -> None:
    message = answered(cast, at)
    mail = receive(report("delayed", "4.4.1", queued("reply")[0].mail_id), at=at, by="")
    assert "delayed" in mail.reason
    assert not message.ticket.events.filter(verb="undelivered").exists()


def test_it_takes_nothing_back_for_a_bounce_of_an_acknowledgement(
    cast: Cast, at: datetime
) -> None:
    ticket = opened_by_mail(cast.dana, at=at)
    told = queued("acknowledgement")[0]
    mail = receive(report("failed", "5.1.1", told.mail_id), at=at, by="")
    assert "automatic mail of ours" in mail.reason
    assert not ticket.events.filter(verb="undelivered").exists()

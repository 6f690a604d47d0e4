"""Agents are told by mail of a step of the ladder and of a miss, each once."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.channels.email import ours
from answerable.channels.email.jobs import mail_notices
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.tests.post import queued, send_all
from answerable.sla.actions import wake_due
from answerable.tickets import actions as tickets
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.tests.openings import opened, opened_critical


@pytest.fixture
def critical(cast: Cast, at: datetime) -> Ticket:
    return opened_critical(cast.dana, at)


def tell(event: TicketEvent, *agents: int) -> list[OutgoingMail]:
    mail_notices(pairs=[[agent, event.pk] for agent in agents])
    return queued("notification")


def escalated(ticket: Ticket, at: datetime) -> TicketEvent:
    wake_due(at=at)
    return ticket.events.filter(verb="escalated").latest("pk")


def test_it_tells_an_agent_that_nobody_has_claimed_it(
    cast: Cast, critical: Ticket, at: datetime
) -> None:
    told = tell(escalated(critical, at), cast.ana.pk)[0]
    assert (told.to, told.to_name) == ("ana@answerable.example", "Ana Silva")
    assert told.subject.startswith(f"[#{critical.pk}] Business-critical: reply by ")
    assert told.subject.endswith(", nobody has claimed it")
    assert "Nordwind GmbH, Dana Wolf" in told.text
    assert f"http://127.0.0.1:8000/desk/tickets/{critical.pk}/" in told.text


def test_it_says_who_has_it(cast: Cast, critical: Ticket, at: datetime) -> None:
    event = escalated(critical, at)
    tickets.take(critical, agent=cast.ben, at=at)
    assert tell(event, cast.ana.pk)[0].subject.endswith(", Ben Adler has it")


def test_it_tells_of_a_miss(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.dana, at)
    wake_due(at=at + timedelta(hours=2))
    event = ticket.events.get(verb="clock_missed")
    assert tell(event, cast.lena.pk)[0].subject.startswith(
        f"[#{ticket.pk}] Late: the reply was due at "
    )


def test_it_tells_nobody_twice(cast: Cast, critical: Ticket, at: datetime) -> None:
    event = escalated(critical, at)
    for _ in range(2):
        told = tell(event, cast.ana.pk, cast.ben.pk)
    assert len(told) == 2


def test_it_tells_nobody_who_is_gone(cast: Cast, critical: Ticket, at: datetime) -> None:
    event = escalated(critical, at)
    assert tell(event, 10**9) == []


def test_it_gives_agents_an_address_that_is_theirs_and_not_the_customers(
    cast: Cast, critical: Ticket, at: datetime
) -> None:
    event = escalated(critical, at)
    tell(event, cast.ana.pk)
    sent = next(mail.parsed for mail in send_all() if mail.to.startswith("Ana"))
    assert sent.reply_to == ours.desk_reply_address(critical.pk, cast.ana.pk, event.pk)
    assert sent.reply_to != ours.reply_address(critical)
    assert dict(sent.headers)["Auto-Submitted"] == "auto-generated"


def test_it_tells_the_lead_who_asks_for_another_look_and_why(
    cast: Cast, critical: Ticket, at: datetime
) -> None:
    tickets.ask_for_another_look(
        critical, contact=cast.dana, reason="It is all of Hamburg.", at=at
    )
    event = critical.events.get(verb="another_look_asked")
    told = tell(event, cast.lena.pk)[0]
    assert told.subject == f"[#{critical.pk}] Another look is asked for"
    assert "It is all of Hamburg." in told.text


def test_it_tells_who_has_the_ticket_that_a_reply_did_not_arrive(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    tickets.take(ticket, agent=cast.ben, at=at)
    message = tickets.answer(ticket, agent=cast.ana, body="Fixed.", seen=2**62, at=at)
    tickets.mark_undelivered(message, why="550 No such user", at=at)
    event = ticket.events.get(verb="undelivered")
    assert list(event.notices.values_list("agent", flat=True)) == [cast.ben.pk]
    told = tell(event, cast.ben.pk)[0]
    assert told.subject == f"[#{ticket.pk}] A reply did not reach the customer"
    assert "550 No such user" in told.text

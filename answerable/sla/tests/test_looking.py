"""A customer asks for another look, and a lead answers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.routing.models import Notice
from answerable.sla.actions import Answer, NotAllowed, NotYours, look_again, wake_due
from answerable.sla.tests.clocks import changed, clock_of, last_clock
from answerable.sla.tests.plans import shipped
from answerable.tickets.actions import (
    NewerMessages,
    NothingToAnswer,
    Said,
    add_message,
    ask_for_another_look,
    is_look_open,
    mark_delivered,
)
from answerable.tickets.actions.opening import Sender
from answerable.tickets.models import Claim, Ticket
from answerable.tickets.tests.openings import opened, opened_critical, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
LATEST = 2**62
CRITICAL, STANDARD = "business_critical", "standard"


@pytest.fixture
def rated(cast: Cast, at: datetime) -> Ticket:
    """A claim that was changed to standard, which Dana does not accept."""
    ticket = opened_critical(cast.dana, at)
    mark_delivered(changed(ticket, cast.ana, at=at + 5 * MINUTE), at=at + 5 * MINUTE)
    asked(ticket, cast, at + 10 * MINUTE)
    ticket.refresh_from_db()
    return ticket


def asked(ticket: Ticket, cast: Cast, at: datetime) -> None:
    ask_for_another_look(ticket, contact=cast.dana, reason="All of Hamburg waits.", at=at)


def looked(
    ticket: Ticket, agent: Agent, at: datetime, severity: str, seen: int = LATEST
) -> None:
    answer = Answer(severity=severity, words="You are right.", seen=seen)
    look_again(ticket, answer, agent=agent, at=at)
    ticket.refresh_from_db()


def test_it_tells_the_leads(cast: Cast, rated: Ticket) -> None:
    told = Notice.objects.filter(event__verb="another_look_asked")
    assert [notice.agent for notice in told] == [cast.lena]


def test_it_is_asked_once_until_it_is_answered(cast: Cast, rated: Ticket, at: datetime) -> None:
    asked(rated, cast, at + 11 * MINUTE)
    assert verbs(rated).count("another_look_asked") == 1
    assert is_look_open(rated)


def test_a_lead_may_give_the_claim_back_and_its_promise_counts_from_the_start(
    cast: Cast, rated: Ticket, at: datetime
) -> None:
    looked(rated, cast.lena, at + 12 * MINUTE, CRITICAL)
    assert rated.severity == CRITICAL
    assert clock_of(rated).due_at == at + 30 * MINUTE
    claim = Claim.objects.get(ticket=rated)
    assert (claim.outcome, claim.decided_by, claim.reason) == ("confirmed", cast.lena, "")
    assert not is_look_open(rated)


def test_what_the_dispute_made_late_is_late(cast: Cast, rated: Ticket, at: datetime) -> None:
    looked(rated, cast.lena, at + 40 * MINUTE, CRITICAL)
    wake_due(at=at + 41 * MINUTE)
    assert clock_of(rated).missed_at == at + 30 * MINUTE


def test_it_may_stay_as_it_is_and_the_answer_is_a_reply(
    cast: Cast, rated: Ticket, at: datetime
) -> None:
    looked(rated, cast.lena, at + 12 * MINUTE, STANDARD)
    assert (rated.severity, clock_of(rated).due_at) == (STANDARD, at + HOUR)
    reply = rated.messages.get(kind="reply")
    assert (reply.agent, reply.body) == (cast.lena, "You are right.")
    event = rated.events.get(verb="another_look_answered")
    assert (event.message, event.data) == (reply, {"from": STANDARD, "to": STANDARD})


def test_only_a_lead_answers_what_was_asked(cast: Cast, rated: Ticket, at: datetime) -> None:
    with pytest.raises(NotYours):
        looked(rated, cast.ana, at, STANDARD)
    looked(rated, cast.ida, at + 12 * MINUTE, STANDARD)
    with pytest.raises(NothingToAnswer):
        looked(rated, cast.lena, at + 13 * MINUTE, STANDARD)
    assert rated.messages.filter(kind="reply").count() == 1


def test_a_lead_reads_first_what_was_written_meanwhile(
    cast: Cast, rated: Ticket, at: datetime
) -> None:
    seen = rated.events.order_by("-pk")[0].pk
    add_message(rated, sender=Sender(contact=cast.dana), body="Now Bremen too.", at=at)
    with pytest.raises(NewerMessages):
        looked(rated, cast.lena, at + 12 * MINUTE, STANDARD, seen)


def test_another_look_never_makes_it_milder(cast: Cast, at: datetime) -> None:
    shipped(cast, "zitadel", at=at)
    ticket = opened(cast.dana, at, said=Said(severity="s2"))
    asked(ticket, cast, at)
    with pytest.raises(NotAllowed):
        looked(ticket, cast.lena, at, "s3")
    looked(ticket, cast.lena, at, "s1")
    assert clock_of(ticket).due_at == at + HOUR


def test_e96_the_leads_answer_keeps_the_promise_of_one(cast: Cast, at: datetime) -> None:
    shipped(cast, "zitadel", at=at)
    ticket = opened(cast.dana, at)
    asked(ticket, cast, at)
    assert last_clock(ticket, "escalation_response").outcome == "running"
    looked(ticket, cast.lena, at + HOUR, "s4")
    mark_delivered(ticket.messages.get(kind="reply"), at=at + HOUR)
    assert last_clock(ticket, "escalation_response").met_at == at + HOUR

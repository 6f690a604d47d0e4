"""A ticket is called business-critical after it was sent (domain.md E41)."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock, EscalationStep
from answerable.sla.tests.clocks import changed, clock_of, replied, triage_of
from answerable.tickets.actions import confirm_claim, make_claim, mark_delivered, take
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import NOBODY_CAN_SIGN_IN, opened

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def claimed(ticket: Ticket, cast: Cast, at: datetime) -> Ticket:
    make_claim(ticket, NOBODY_CAN_SIGN_IN, contact=cast.dana, at=at)
    ticket.refresh_from_db()
    return ticket


def reply_clocks(ticket: Ticket) -> list[Clock]:
    return list(Clock.objects.filter(ticket=ticket, metric="first_response").order_by("pk"))


def steps(ticket: Ticket) -> list[tuple[int, datetime]]:
    found = EscalationStep.objects.filter(clock__ticket=ticket, stopped_at=None, done_at=None)
    return list(found.order_by("at").values_list("percent", "at"))


def test_it_is_decided_on_within_a_share_of_its_promise(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    claimed(ticket, cast, at + 10 * MINUTE)
    assert triage_of(ticket).due_at == at + 25 * MINUTE
    confirm_claim(ticket, agent=cast.ana, at=at + 12 * MINUTE)
    assert triage_of(ticket).met_at == at + 12 * MINUTE


def test_people_are_told_step_by_step_from_the_claim_on(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    claimed(ticket, cast, at + 10 * MINUTE)
    assert clock_of(ticket).due_at == at + 30 * MINUTE
    assert steps(ticket) == [
        (50, at + 15 * MINUTE),
        (80, at + 24 * MINUTE),
        (100, at + 30 * MINUTE),
    ]
    wake_due(at=at + 16 * MINUTE)
    assert ticket.events.filter(verb="escalated").count() == 1
    take(ticket, agent=cast.ana, at=at + 17 * MINUTE)
    assert steps(ticket) == []


def test_nobody_is_told_of_what_somebody_has(cast: Cast, ticket: Ticket, at: datetime) -> None:
    take(ticket, agent=cast.ana, at=at)
    claimed(ticket, cast, at + 10 * MINUTE)
    assert steps(ticket) == []


def test_an_answered_ticket_gets_a_reply_of_its_own_in_time(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at + 5 * MINUTE)
    claimed(ticket, cast, at + 2 * HOUR)
    first, second = reply_clocks(ticket)
    assert first.met_at == at + 5 * MINUTE
    assert (second.started_at, second.due_at) == (at + 2 * HOUR, at + 2 * HOUR + 30 * MINUTE)
    replied(ticket, cast.ana, at=at + 2 * HOUR + 10 * MINUTE)
    assert reply_clocks(ticket)[1].met_at == at + 2 * HOUR + 10 * MINUTE


def test_a_claim_that_is_changed_leaves_the_standard_reply(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at + 5 * MINUTE)
    claimed(ticket, cast, at + 2 * HOUR)
    notice = changed(ticket, cast.ana, at=at + 2 * HOUR + 5 * MINUTE)
    mark_delivered(notice, at=at + 2 * HOUR + 6 * MINUTE)
    assert reply_clocks(ticket)[1].due_at == at + 3 * HOUR


def test_who_is_promised_nothing_claims_nothing_more(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.sam, at)
    make_claim(ticket, NOBODY_CAN_SIGN_IN, contact=cast.sam, at=at + MINUTE)
    assert [clock.metric for clock in Clock.objects.filter(ticket=ticket)] == ["first_response"]
    assert steps(ticket) == []

"""A ladder runs again when nobody has the ticket any more."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.sla.tests.clocks import changed, climb, clock_of, replied, told
from answerable.tickets.actions import (
    assign,
    mark_delivered,
    mark_undelivered,
    resolve,
    take,
)
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened_critical

MINUTE = timedelta(minutes=1)


@pytest.fixture
def claimed(cast: Cast, at: datetime) -> Ticket:
    return opened_critical(cast.dana, at)


def put_back(ticket: Ticket, by: Agent, at: datetime) -> None:
    assign(ticket, to=None, agent=by, at=at)


def resumed(ticket: Ticket) -> list[tuple[datetime, str]]:
    """Return when the ladder ran again, and when the next people were to be told."""
    lines = ticket.events.filter(verb="ladder_resumed").order_by("pk")
    return [(line.at, line.data["next_at"]) for line in lines]


def test_it_climbs_on_when_the_ticket_is_put_back_to_nobody(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    climb(at, 0)
    take(claimed, agent=cast.ana, at=at + MINUTE)
    climb(at, 7.5)
    put_back(claimed, cast.ana, at + 10 * MINUTE)
    assert resumed(claimed) == [(at + 10 * MINUTE, (at + 15 * MINUTE).isoformat())]
    assert clock_of(claimed).wake_at == at + 15 * MINUTE
    climb(at, 10, 15, 24, 30)
    assert sorted(told(claimed)) == [0, 50, 80, 100]
    assert clock_of(claimed).missed_at == at + 30 * MINUTE


def test_it_stops_again_for_the_next_who_takes_it(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    climb(at, 0)
    take(claimed, agent=cast.ana, at=at + MINUTE)
    put_back(claimed, cast.ana, at + 2 * MINUTE)
    take(claimed, agent=cast.ben, at=at + 3 * MINUTE)
    climb(at, 7.5, 29)
    assert sorted(told(claimed)) == [0]
    assert claimed.events.filter(verb="ladder_stopped").count() == 2


def test_it_stays_stopped_when_the_ticket_goes_from_one_to_another(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    take(claimed, agent=cast.ana, at=at)
    assign(claimed, to=cast.ben, agent=cast.lena, at=at + MINUTE)
    climb(at, 29)
    assert told(claimed) == {}
    assert resumed(claimed) == []


def test_it_has_nothing_to_resume_for_who_never_had_it(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    climb(at, 0)
    put_back(claimed, cast.lena, at + MINUTE)
    assert resumed(claimed) == []
    climb(at, 7.5)
    assert sorted(told(claimed)) == [0, 25]


def test_it_does_not_climb_on_for_what_is_answered_resolved_or_standard(
    cast: Cast, at: datetime
) -> None:
    answered, done, standard, late = (opened_critical(cast.dana, at) for _ in range(4))
    for ticket in (answered, done, standard, late):
        take(ticket, agent=cast.ana, at=at)
    replied(answered, cast.ana, at=at + MINUTE)
    resolve(done, agent=cast.ana, contact=None, reason="A test of theirs", at=at + MINUTE)
    mark_delivered(changed(standard, cast.ana, at=at + MINUTE), at=at + MINUTE)
    for ticket in (answered, done, standard):
        put_back(ticket, cast.ana, at + 2 * MINUTE)
    put_back(late, cast.ana, at + 31 * MINUTE)  # Every step is behind it.
    climb(at, 3, 29, 60)
    for ticket in (answered, done, standard, late):
        assert resumed(ticket) == []
        assert told(ticket) == {}


def test_it_climbs_on_when_the_reply_of_somebody_who_never_took_it_comes_back(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    climb(at, 0)
    message = replied(claimed, cast.ana, at=at + MINUTE)
    mark_undelivered(message, why="There is no such mailbox.", at=at + 10 * MINUTE)
    assert resumed(claimed) == [(at + 10 * MINUTE, (at + 15 * MINUTE).isoformat())]
    climb(at, 15)
    assert sorted(told(claimed)) == [0, 50]

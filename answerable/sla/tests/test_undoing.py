"""Taking back a severity or a solution: what was stamped stays stamped."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements.core.clauses import PauseRule, Reclassification
from answerable.sla.actions import reclassify, wake_due
from answerable.sla.tests.clocks import clock_of, last_clock, replied
from answerable.sla.tests.plans import LEVELS, row, sold
from answerable.tickets.actions import resolve
from answerable.tickets.actions.undoing import begin_undo, take_back_act, undoable
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
SECOND = timedelta(seconds=1)
ROWS = (
    row("first_response", 30 * MINUTE, severity="urgent"),
    row("first_response", 8 * HOUR, severity="standard"),
)


def set_severity(ticket: Ticket, severity: str, reason: str, cast: Cast, at: datetime) -> None:
    undo = begin_undo(agent=cast.ana, did="Set it.", at=at)
    with undoable(undo, ticket, "severity") as held:
        reclassify(held, severity, by=cast.ana, reason=reason, at=at)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A ticket under a plan that lets us set severities without a word to the customer."""
    free = Reclassification(needs_reason=False)
    sold(cast, at, *ROWS, severities=LEVELS, reclassification=free)
    return opened(cast.dana, at)


def test_a_severity_is_taken_back_with_its_promise(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_severity(ticket, "urgent", "", cast, at + MINUTE)
    assert clock_of(ticket).due_at == at + 30 * MINUTE
    assert take_back_act(cast.ana, at=at + MINUTE + SECOND).kept == []
    assert clock_of(ticket).due_at == at + 8 * HOUR


def test_a_miss_in_between_stays_a_miss(cast: Cast, ticket: Ticket, at: datetime) -> None:
    due = at + 30 * MINUTE
    set_severity(ticket, "urgent", "", cast, due - SECOND)
    wake_due(at=due)
    take_back_act(cast.ana, at=due + SECOND)
    assert clock_of(ticket).missed_at == due
    ticket.refresh_from_db()
    assert ticket.severity == "standard"


def test_of_what_the_customer_was_told_nothing_is_taken_back(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_severity(ticket, "urgent", "Nobody can work.", cast, at)
    back = take_back_act(cast.ana, at=at + SECOND)
    assert [kept.reason for kept in back.kept] == ["told"]
    ticket.refresh_from_db()
    assert ticket.severity == "urgent"


def test_a_clock_that_stood_still_before_the_solution_stands_still_again(
    cast: Cast, at: datetime
) -> None:
    rows = (row("first_response", HOUR), row("resolution", 8 * HOUR))
    sold(cast, at, *rows, pauses=(PauseRule("waiting", ("resolution",)),))
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + MINUTE)
    undo = begin_undo(agent=cast.ana, did="Resolved it.", at=at + HOUR)
    with undoable(undo, ticket, "state") as held:
        resolve(held, agent=cast.ana, contact=None, reason="", at=at + HOUR)
    assert last_clock(ticket, "resolution").outcome == "met"
    take_back_act(cast.ana, at=at + HOUR + SECOND)
    ticket.refresh_from_db()
    assert ticket.state == "waiting"
    assert last_clock(ticket, "resolution").outcome == "paused"

"""The cases of domain.md (d) on pauses, E52 and E55 to E57, by their numbers."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements.core.clauses import PauseRule
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import (
    LATEST,
    clock_of,
    clocks_of,
    last_clock,
    lines,
    replied,
    wrote,
)
from answerable.sla.tests.plans import (
    PAUSING,
    hold,
    opened_where_clocks_pause,
    resolution,
    sold,
)
from answerable.tickets.actions import (
    CannotHold,
    ReasonMissing,
    UntilMissing,
    add_note,
    answer,
    end_hold,
    end_holds,
    mark_delivered,
    mark_undelivered,
    put_on_hold,
    resolve,
)
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A ticket under a plan whose clocks stand still while the customer is waited for."""
    return opened_where_clocks_pause(cast, at)


def test_e52_waiting_for_the_customer_stops_other_clocks_and_never_the_first_reply(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Which tenant?", seen=LATEST, at=at)
    assert {clock.outcome for clock in Clock.objects.filter(ticket=ticket)} == {"running"}
    mark_delivered(message, at=at + 30 * MINUTE)
    assert (resolution(ticket).outcome, resolution(ticket).paused_at) == (
        "paused",
        at + 30 * MINUTE,
    )
    assert wake_due(at=at + 100 * HOUR) == 0
    wrote(ticket, cast.dana, at=at + 100 * HOUR)
    assert resolution(ticket).due_at == at + 109 * HOUR + 30 * MINUTE
    assert lines(resolution(ticket)) == ["start", "pause", "resume"]


def test_e52_a_plan_that_names_the_first_reply_pauses_it(cast: Cast, at: datetime) -> None:
    sold(cast, at, pauses=(PauseRule("vendor", ("first_response",)),))
    ticket = opened(cast.dana, at)
    hold(ticket, cast, at + 10 * MINUTE)
    end_hold(ticket, agent=cast.ana, at=at + 30 * MINUTE)
    assert clock_of(ticket).due_at == at + HOUR + 20 * MINUTE


def test_e52_a_reply_that_did_not_arrive_stops_nothing_and_pauses_nothing(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Which tenant?", seen=LATEST, at=at)
    mark_undelivered(message, why="mailbox full", at=at + HOUR / 2)
    assert resolution(ticket).outcome == "running"


def test_e52_a_reply_that_comes_back_ends_the_wait(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = replied(ticket, cast.ana, at=at + 10 * MINUTE)
    mark_undelivered(message, why="mailbox full", at=at + 40 * MINUTE)
    assert resolution(ticket).due_at == at + 10 * HOUR + 30 * MINUTE
    assert clocks_of(ticket, "status_update") == [
        ("running", at + HOUR),
        ("void", at + HOUR + 10 * MINUTE),
    ]


def test_e52_an_answer_that_came_in_earlier_than_it_was_read_ends_the_wait_then(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.dana, at=at + 5 * MINUTE)
    clock = resolution(ticket)
    assert (clock.outcome, clock.due_at) == ("running", at + 10 * HOUR)


def test_e55_a_hold_says_who_why_and_until_when(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    held = hold(ticket, cast, at, until=at + 3 * HOUR)
    assert (held.agent, held.reason, held.until) == (
        cast.ana,
        "Engineering looks at it",
        at + 3 * HOUR,
    )
    with pytest.raises(ReasonMissing):
        put_on_hold(ticket, kind="vendor", reason="", until=None, agent=cast.ana, at=at)
    with pytest.raises(UntilMissing):
        hold(ticket, cast, at, until=at)
    resolve(ticket, agent=cast.ana, contact=None, reason="Done", at=at)
    with pytest.raises(CannotHold):
        hold(ticket, cast, at)


def test_e55_a_pause_ends_by_itself_at_its_longest_however_late_that_is_noticed(
    cast: Cast, at: datetime
) -> None:
    rule = PauseRule("waiting", ("resolution",), at_most=4 * HOUR)
    sold(cast, at, *PAUSING, pauses=(rule,))
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + HOUR)
    assert resolution(ticket).wake_at == at + 5 * HOUR
    wake_due(at=at + 7 * HOUR)
    clock = resolution(ticket)
    assert (clock.outcome, clock.due_at) == ("running", at + 14 * HOUR)
    assert clock.entries.get(verb="resume").at == at + 5 * HOUR
    replied(ticket, cast.ana, at=at + 8 * HOUR)  # A nudge buys no more time.
    assert resolution(ticket).outcome == "running"
    wrote(ticket, cast.dana, at=at + 9 * HOUR)
    replied(ticket, cast.ana, at=at + 10 * HOUR)
    assert resolution(ticket).outcome == "paused"


def test_e55_a_due_time_that_passed_before_a_late_end_was_noticed_is_missed_then(
    cast: Cast, at: datetime
) -> None:
    rule = PauseRule("waiting", ("resolution",), at_most=4 * HOUR)
    sold(cast, at, *PAUSING, pauses=(rule,))
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + HOUR)
    wake_due(at=at + 20 * HOUR)
    wake_due(at=at + 20 * HOUR)
    assert resolution(ticket).missed_at == at + 14 * HOUR


def test_e55_what_a_rule_asks_for_must_be_there(cast: Cast, at: datetime) -> None:
    sold(cast, at, *PAUSING, pauses=(PauseRule("vendor", (), needs_message=True),))
    untold, told = opened(cast.dana, at), opened(cast.dana, at)
    add_note(untold, agent=cast.ana, body="Only we know.", at=at)
    hold(untold, cast, at + HOUR / 2)
    replied(told, cast.ana, at=at)
    hold(told, cast, at + HOUR / 2)
    assert (resolution(untold).outcome, resolution(told).outcome) == ("running", "paused")


def test_e56_a_third_party_has_a_rule_of_its_own_and_updates_go_on(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, *PAUSING, pauses=(PauseRule("third_party", ("resolution",)),))
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    hold(ticket, cast, at + 20 * MINUTE, kind="third_party")
    assert resolution(ticket).outcome == "paused"
    assert last_clock(ticket, "status_update").outcome == "running"
    replied(ticket, cast.ana, at=at + HOUR)
    ticket.refresh_from_db()
    assert ticket.state == "held"
    assert last_clock(ticket, "status_update").due_at == at + 2 * HOUR
    assert resolution(ticket).paused_at == at + 20 * MINUTE


def test_e57_a_hold_to_a_date_ends_then_and_the_clock_runs_on_from_then(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    with pytest.raises(UntilMissing):
        hold(ticket, cast, at, kind="scheduled")
    hold(ticket, cast, at + HOUR, kind="scheduled", until=at + 24 * HOUR)
    assert resolution(ticket).wake_at == at + 24 * HOUR
    assert end_holds(at=at + 23 * HOUR) == 0
    assert end_holds(at=at + 30 * HOUR) == 1
    ticket.refresh_from_db()
    assert (ticket.state, ticket.holds.get().ended_at) == ("open", at + 24 * HOUR)
    assert resolution(ticket).due_at == at + 33 * HOUR


def test_e57_the_customer_ends_a_hold_by_writing(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    hold(ticket, cast, at + HOUR, kind="scheduled", until=at + 24 * HOUR)
    wrote(ticket, cast.dana, at=at + 5 * HOUR)
    ticket.refresh_from_db()
    assert (ticket.state, ticket.holds.get().ended_at) == ("open", at + 5 * HOUR)
    assert resolution(ticket).outcome == "running"
    assert last_clock(ticket, "next_response").due_at == at + 7 * HOUR


def test_e57_a_hold_whose_end_passed_unnoticed_ended_then_whoever_ends_it(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    hold(ticket, cast, at, kind="scheduled", until=at + 4 * HOUR)
    wrote(ticket, cast.dana, at=at + 6 * HOUR)
    assert resolution(ticket).due_at == at + 14 * HOUR


def test_e57_a_hold_may_be_replaced(cast: Cast, ticket: Ticket, at: datetime) -> None:
    hold(ticket, cast, at, until=at + HOUR)
    hold(ticket, cast, at + MINUTE, kind="scheduled", until=at + 9 * HOUR)
    assert resolution(ticket).wake_at == at + 9 * HOUR
    assert [held.ended_at for held in ticket.holds.order_by("pk")] == [at + MINUTE, None]
    assert lines(resolution(ticket)) == ["start", "pause"]

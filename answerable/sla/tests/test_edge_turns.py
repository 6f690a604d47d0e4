"""The cases of domain.md (d) on turns and what ends them: E53, E54, E63 and E64."""

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
    folded,
    last_clock,
    replied,
    stored,
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
    NothingToAnswer,
    ReasonMissing,
    add_message,
    answer,
    dismiss,
    mark_delivered,
    reopen,
    resolve,
)
from answerable.tickets.actions.opening import Sender
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A ticket under a plan whose clocks stand still while the customer is waited for."""
    return opened_where_clocks_pause(cast, at)


def test_e53_several_messages_are_one_turn_from_the_oldest(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    for minutes in (60, 70, 80):
        wrote(ticket, cast.dana, at=at + minutes * MINUTE)
    assert clocks_of(ticket, "next_response") == [("running", at + 3 * HOUR)]
    replied(ticket, cast.ana, at=at + 2 * HOUR)
    wrote(ticket, cast.dana, at=at + 5 * HOUR)
    assert clocks_of(ticket, "next_response") == [
        ("met", at + 3 * HOUR),
        ("running", at + 7 * HOUR),
    ]


def test_e53_what_the_writer_of_a_reply_had_not_read_is_not_answered_by_it(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=LATEST, at=at + MINUTE)
    wrote(ticket, cast.dana, at=at + 2 * MINUTE)
    mark_delivered(message, at=at + 3 * MINUTE)
    assert clock_of(ticket).outcome == "met"
    assert clocks_of(ticket, "next_response") == [("running", at + 2 * HOUR + 2 * MINUTE)]
    assert resolution(ticket).outcome == "running"


def test_e53_a_late_turn_is_missed_once_however_often_the_customer_asks(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    wrote(ticket, cast.dana, at=at + HOUR)
    wake_due(at=at + 3 * HOUR)
    wrote(ticket, cast.dana, at=at + 4 * HOUR)
    assert clocks_of(ticket, "next_response") == [("missed", at + 3 * HOUR)]
    replied(ticket, cast.ana, at=at + 5 * HOUR)
    assert last_clock(ticket, "next_response").answered_at == at + 5 * HOUR


def test_e54_thanks_opens_a_turn_that_an_agent_may_dismiss_with_a_reason(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    wrote(ticket, cast.dana, at=at + HOUR, body="Thanks!")
    with pytest.raises(ReasonMissing):
        dismiss(ticket, agent=cast.ana, reason=" ", at=at + HOUR)
    dismiss(ticket, agent=cast.ana, reason="Only thanks", at=at + HOUR + MINUTE)
    turn = last_clock(ticket, "next_response")
    entry = turn.entries.get(verb="dismiss")
    assert (turn.outcome, entry.reason, entry.agent) == ("void", "Only thanks", cast.ana)
    assert resolution(ticket).outcome == "paused"
    assert wake_due(at=at + 9 * HOUR) == 0


def test_e54_it_dismisses_only_what_the_customer_wrote_last_and_alone(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    with pytest.raises(NothingToAnswer):
        dismiss(ticket, agent=cast.ana, reason="Only thanks", at=at)
    wrote(ticket, cast.dana, at=at + HOUR, body="Another one fails.")
    wrote(ticket, cast.dana, at=at + HOUR, body="Thanks!")
    dismiss(ticket, agent=cast.ana, reason="Only thanks", at=at + HOUR)
    assert last_clock(ticket, "next_response").outcome != "void"


def test_e63_what_is_handed_to_engineering_keeps_its_updates(cast: Cast, at: datetime) -> None:
    sold(cast, at, *PAUSING, pauses=(PauseRule("vendor", ("resolution",)),))
    ticket = opened(cast.dana, at)
    hold(ticket, cast, at + 10 * MINUTE)
    wake_due(at=at + HOUR)
    assert clocks_of(ticket, "status_update") == [
        ("missed", at + HOUR),
        ("running", at + 2 * HOUR),
    ]


def test_e64_who_cannot_be_reached_is_closed_with_a_reason_and_opened_on_request(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    resolve(ticket, agent=cast.ana, contact=None, reason="Three calls, no answer", at=at + HOUR)
    assert resolution(ticket).outcome == "met"
    reopen(ticket, agent=None, contact=cast.dana, at=at + 3 * HOUR)
    clock = resolution(ticket)
    assert (clock.outcome, clock.due_at) == ("running", at + 13 * HOUR)
    assert last_clock(ticket, "status_update").due_at == at + 4 * HOUR


def test_updates_are_due_in_every_interval_until_the_ticket_is_resolved(
    cast: Cast, at: datetime
) -> None:
    sold(cast, at, *PAUSING)
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + 30 * MINUTE)
    for hours in (2, 3):
        wake_due(at=at + hours * HOUR)
    assert clocks_of(ticket, "status_update") == [
        ("met", at + HOUR),
        ("missed", at + HOUR + 30 * MINUTE),
        ("missed", at + 2 * HOUR + 30 * MINUTE),
        ("running", at + 3 * HOUR + 30 * MINUTE),
    ]
    replied(ticket, cast.ana, at=at + 3 * HOUR)
    resolve(ticket, agent=cast.ana, contact=None, reason="", at=at + 3 * HOUR + MINUTE)
    assert [outcome for outcome, _ in clocks_of(ticket, "status_update")] == [
        "met",
        "missed",
        "missed",
        "met",
        "void",
    ]


def test_it_says_in_one_line_which_clocks_stand_still_and_which_run_on(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert verbs(ticket).count("clock_resumed") == 1
    resumed = ticket.events.get(verb="clock_resumed")
    assert {clock["metric"] for clock in resumed.data["clocks"]} == {
        "status_update",
        "resolution",
    }


def test_columns_are_what_the_ledgers_add_up_to(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    hold(ticket, cast, at + HOUR)
    add_message(ticket, sender=Sender(contact=cast.dana), body="Still.", at=at + 2 * HOUR)
    for clock in Clock.objects.filter(ticket=ticket):
        assert stored(clock) == folded(clock)

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.sla.actions import wake_due
from answerable.sla.tests.clocks import clock_of, lines, replied, triage_of
from answerable.tickets.actions import (
    Sender,
    add_message,
    add_note,
    answer,
    confirm_claim,
    mark_delivered,
    mark_undelivered,
    resolve,
)
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical, verbs

HOUR = timedelta(hours=1)
MICRO = timedelta(microseconds=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


@pytest.fixture
def due(at: datetime) -> datetime:
    return at + HOUR


def test_it_is_met_when_the_outgoing_server_accepted_the_reply(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use the old export.", seen=2**62, at=at)
    assert clock_of(ticket).outcome == "running"
    mark_delivered(message, at=at + HOUR / 2)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.met_at, clock.answered_at) == ("met", *[at + HOUR / 2] * 2)
    assert clock.wake_at is None
    assert lines(clock) == ["start", "meet"]


def test_it_is_met_at_the_very_due_instant(cast: Cast, ticket: Ticket, due: datetime) -> None:
    replied(ticket, cast.ana, at=due)
    assert (clock_of(ticket).outcome, clock_of(ticket).met_at) == ("met", due)


def test_it_is_missed_a_microsecond_later(cast: Cast, ticket: Ticket, due: datetime) -> None:
    replied(ticket, cast.ana, at=due + MICRO)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.missed_at) == ("missed", due)
    assert (clock.met_at, clock.answered_at) == (None, due + MICRO)
    assert lines(clock) == ["start", "miss", "answer"]


def test_it_is_missed_at_the_due_instant_however_late_that_is_noticed(
    ticket: Ticket, due: datetime
) -> None:
    wake_due(at=due + 5 * HOUR)
    clock = clock_of(ticket)
    entry = clock.entries.get(verb="miss")
    assert (clock.outcome, clock.missed_at) == ("missed", due)
    assert (entry.at, entry.recorded_at) == (due, due + 5 * HOUR)


def test_it_is_not_missed_before(ticket: Ticket, due: datetime) -> None:
    assert wake_due(at=due - MICRO) == 0
    assert clock_of(ticket).outcome == "running"
    assert wake_due(at=due) == 1
    assert clock_of(ticket).outcome == "missed"


def test_it_keeps_when_a_missed_promise_was_answered(
    cast: Cast, ticket: Ticket, due: datetime
) -> None:
    wake_due(at=due)
    replied(ticket, cast.ana, at=due + HOUR)
    replied(ticket, cast.ana, at=due + 2 * HOUR)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.answered_at) == ("missed", due + HOUR)
    assert lines(clock) == ["start", "miss", "answer"]


def test_it_takes_a_miss_back_when_news_of_a_reply_in_time_comes_late(
    cast: Cast, ticket: Ticket, due: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=2**62, at=due - HOUR / 2)
    wake_due(at=due)
    mark_delivered(message, at=due)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.met_at, clock.missed_at) == ("met", due, None)
    assert lines(clock) == ["start", "miss", "correct"]
    assert verbs(ticket)[-2:] == ["delivered", "clock_corrected"]


def test_it_takes_a_miss_back_even_after_a_late_reply(
    cast: Cast, ticket: Ticket, due: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=2**62, at=due - HOUR / 2)
    wake_due(at=due)
    replied(ticket, cast.ben, at=due + HOUR)
    mark_delivered(message, at=due - HOUR / 3)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.met_at) == ("met", due - HOUR / 3)
    assert lines(clock) == ["start", "miss", "answer", "correct"]


def test_it_counts_the_first_reply_once(cast: Cast, ticket: Ticket, at: datetime) -> None:
    message = replied(ticket, cast.ana, at=at + HOUR / 4)
    mark_delivered(message, at=at + HOUR / 2)
    replied(ticket, cast.ben, at=at + HOUR / 2)
    assert clock_of(ticket).met_at == at + HOUR / 4
    assert lines(clock_of(ticket)) == ["start", "meet"]


def test_it_is_not_stopped_by_a_note(cast: Cast, ticket: Ticket, at: datetime) -> None:
    note = add_note(ticket, agent=cast.ana, body="Known since Friday.", at=at)
    mark_delivered(note, at=at)
    assert clock_of(ticket).outcome == "running"


def test_it_is_not_stopped_by_a_reply_that_did_not_arrive(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    message = answer(ticket, agent=cast.ana, body="Use it.", seen=2**62, at=at)
    mark_undelivered(message, why="mailbox full", at=at)
    assert clock_of(ticket).outcome == "running"
    ticket.refresh_from_db()
    assert ticket.state == "open"


def test_it_is_not_stopped_by_resolving_the_ticket(
    cast: Cast, ticket: Ticket, due: datetime
) -> None:
    resolve(ticket, agent=cast.ana, contact=None, reason="Sent twice.", at=due - HOUR / 2)
    wake_due(at=due)
    assert clock_of(ticket).outcome == "missed"


def test_it_is_not_moved_by_what_the_customer_adds(
    cast: Cast, ticket: Ticket, due: datetime
) -> None:
    add_message(ticket, sender=Sender(contact=cast.dana), body="Still.", at=due - HOUR / 2)
    assert (clock_of(ticket).due_at, clock_of(ticket).outcome) == (due, "running")


def test_it_keeps_the_time_of_a_decision_on_a_claim(cast: Cast, at: datetime) -> None:
    ticket = opened_critical(cast.dana, at)
    decided = at + timedelta(minutes=15)
    confirm_claim(ticket, agent=cast.ana, at=decided)
    assert (triage_of(ticket).outcome, triage_of(ticket).met_at) == ("met", decided)
    assert clock_of(ticket).outcome == "running"


def test_it_misses_a_decision_that_comes_late(cast: Cast, at: datetime) -> None:
    ticket = opened_critical(cast.dana, at)
    confirm_claim(ticket, agent=cast.ana, at=at + timedelta(minutes=15) + MICRO)
    triage = triage_of(ticket)
    assert (triage.outcome, triage.missed_at) == ("missed", at + timedelta(minutes=15))


def test_it_runs_again_when_the_reply_comes_back(
    cast: Cast, ticket: Ticket, at: datetime, due: datetime
) -> None:
    message = replied(ticket, cast.ana, at=at + HOUR / 4)
    mark_undelivered(message, why="mailbox full", at=at + HOUR / 2)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.due_at, clock.wake_at) == ("running", due, due)
    assert (clock.met_at, clock.answered_at) == (None, None)
    replied(ticket, cast.ana, at=due)
    assert lines(clock_of(ticket)) == ["start", "meet", "reopen", "meet"]


def test_it_is_missed_when_the_reply_comes_back_after_the_due_time(
    cast: Cast, ticket: Ticket, at: datetime, due: datetime
) -> None:
    message = replied(ticket, cast.ana, at=at)
    mark_undelivered(message, why="mailbox full", at=due + HOUR)
    wake_due(at=due + HOUR)
    assert clock_of(ticket).missed_at == due


def test_it_stays_met_when_another_reply_arrived(
    cast: Cast, ticket: Ticket, at: datetime, due: datetime
) -> None:
    first = replied(ticket, cast.ana, at=at)
    replied(ticket, cast.ben, at=due - HOUR / 2)
    mark_undelivered(first, why="mailbox full", at=due + HOUR)
    clock = clock_of(ticket)
    assert (clock.outcome, clock.met_at) == ("met", due - HOUR / 2)
    assert lines(clock) == ["start", "meet", "reopen", "meet"]


def test_it_stays_met_when_a_later_reply_comes_back(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    replied(ticket, cast.ana, at=at)
    mark_undelivered(replied(ticket, cast.ben, at=at), why="mailbox full", at=at + HOUR)
    assert lines(clock_of(ticket)) == ["start", "meet"]

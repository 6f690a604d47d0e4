"""Open tickets are moved to a new version: counted anew, said on each, and never backwards."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

import answerable.sla.moving as moving_module
from answerable.cast import Cast
from answerable.entitlements.models import Contract, PlanVersion
from answerable.lib import zones
from answerable.sla.actions import ask_to_move, move_open_tickets, wake_due
from answerable.sla.actions.moving import move_some
from answerable.sla.audit import audit
from answerable.sla.jobs import move_clocks
from answerable.sla.models import Clock, Moving
from answerable.sla.moving import FIRST, Mover, Remaining
from answerable.sla.tests.clocks import (
    clock_of,
    folded,
    last_clock,
    lines,
    replied,
    stored,
    triage_of,
    wrote,
)
from answerable.sla.tests.plans import WAITS, published, row, sold
from answerable.tickets.tests.openings import opened, opened_critical, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
NINE = row("resolution", 9 * HOUR, calendar="office")


@pytest.fixture
def contract(cast: Cast, at: datetime) -> Contract:
    return sold(cast, at, NINE, row("next_response", HOUR), pauses=(WAITS,))


def next_version(contract: Contract, at: datetime, **within: timedelta) -> PlanVersion:
    """Publish a version in which rows allow other times."""
    terms = contract.plan_version.terms
    targets = tuple(replace(t, within=within.get(t.key, t.within)) for t in terms.targets)
    return published(replace(terms, targets=targets), at=at)


def all_agree() -> bool:
    return not [words for audited in audit() for words in audited.says]


def test_it_counts_anew_from_the_start_and_says_so_on_the_ticket(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    version = next_version(contract, at, standard=2 * HOUR)
    moving = move_open_tickets(version, agent=cast.ida, at=at + MINUTE)
    clock = clock_of(ticket)
    assert (clock.due_at, clock.plan_version, clock.wake_at) == (
        at + 2 * HOUR,
        version,
        at + 2 * HOUR,
    )
    entry = clock.entries.get(verb="move")
    assert (entry.agent, entry.due_at, entry.data["target"]) == (
        cast.ida,
        at + 2 * HOUR,
        "standard",
    )
    assert datetime.fromisoformat(entry.data["before"]) == at + HOUR
    assert entry.data["zones"] == zones.database()
    assert (moving.moved, moving.kept, verbs(ticket)[-1]) == (2, 0, "clock_moved")
    assert ticket.queue_entry.act_by == at + 2 * HOUR - 9 * MINUTE
    assert ticket.queue_entry.customer_due_at == at + 2 * HOUR
    assert stored(clock) == folded(clock)
    assert all_agree()


def test_what_is_due_when_it_was_pins_the_version_and_says_nothing(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    move_open_tickets(next_version(contract, at, standard=2 * HOUR), agent=None, at=at)
    clock = last_clock(ticket, "resolution")
    assert (clock.plan_version.number, lines(clock)) == (2, ["start", "move"])
    assert verbs(ticket).count("clock_moved") == 1


def test_e69_a_day_off_that_is_added_later_moves_what_is_still_to_come(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    terms = contract.plan_version.terms
    office = terms.calendars["office"]
    shorter = replace(office, weekly=((("08:00", "12:00"),), *office.weekly[1:]))
    ticket = opened(cast.dana, at)
    over = opened(cast.dana, at - 20 * HOUR)
    wake_due(at=at)
    missed = clock_of(over).missed_at
    version = published(replace(terms, calendars={**terms.calendars, "office": shorter}), at=at)
    move_open_tickets(version, agent=None, at=at)
    before_noon = 2 * HOUR  # from ten to twelve on that Monday in Berlin
    tuesday = at - 2 * HOUR + timedelta(days=1)
    assert last_clock(ticket, "resolution").due_at == tuesday + 9 * HOUR - before_noon
    assert (clock_of(over).missed_at, clock_of(over).plan_version.number) == (missed, 1)
    assert all_agree()


def test_e69_what_would_have_been_due_already_stays_where_it_is(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    version = next_version(contract, at, standard=30 * MINUTE)
    moving = move_open_tickets(version, agent=None, at=at + 40 * MINUTE)
    assert (clock_of(ticket).due_at, lines(clock_of(ticket))) == (at + HOUR, ["start"])
    assert (moving.moved, moving.kept) == (1, 1)


def test_pauses_are_left_out_and_a_clock_that_stands_still_is_moved_too(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at + HOUR)
    move_open_tickets(
        next_version(contract, at, resolution=8 * HOUR), agent=None, at=at + 2 * HOUR
    )
    assert last_clock(ticket, "resolution").outcome == "paused"
    wrote(ticket, cast.dana, at=at + 3 * HOUR)
    clock = last_clock(ticket, "resolution")
    opening = at - 2 * HOUR + timedelta(days=1)
    assert clock.due_at == opening + 3 * HOUR  # five of the eight hours were used on Monday
    assert all_agree()


def test_a_ladder_and_a_decision_move_along(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened_critical(cast.dana, at)
    wake_due(at=at)
    move_open_tickets(next_version(contract, at, critical=HOUR), agent=None, at=at + MINUTE)
    clock = clock_of(ticket)
    waiting = clock.steps.filter(done_at=None).order_by("at")
    assert [(step.at - at) / MINUTE for step in waiting] == [15, 30, 48, 60]
    assert (clock.wake_at, triage_of(ticket).due_at) == (at + 15 * MINUTE, at + 30 * MINUTE)
    assert (triage_of(ticket).kind, all_agree()) == ("internal", True)


def test_a_row_that_is_gone_is_replaced_by_the_one_for_the_same_class_or_stays(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    guaranteed, aimed = opened(cast.dana, at), opened(cast.sam, at)
    terms = contract.plan_version.terms
    kept = [target for target in terms.targets if target.key not in {"standard", "aim"}]
    renamed = row("first_response", 2 * HOUR, key="renamed", severity="standard")
    version = published(replace(terms, targets=(*kept, renamed)), at=at)
    move_open_tickets(version, agent=None, at=at + MINUTE)
    assert (clock_of(guaranteed).target, clock_of(guaranteed).due_at) == (
        "renamed",
        at + 2 * HOUR,
    )
    assert (clock_of(aimed).target, clock_of(aimed).plan_version.number) == ("aim", 1)


def test_later_turns_are_judged_by_the_version_that_the_ticket_was_moved_to(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    replied(ticket, cast.ana, at=at)
    version = next_version(contract, at, next_response=3 * HOUR)
    move_open_tickets(version, agent=None, at=at + MINUTE)
    wrote(ticket, cast.dana, at=at + HOUR)
    assert last_clock(ticket, "next_response").due_at == at + 4 * HOUR


def test_it_goes_on_where_somebody_died_and_twice_is_once(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    tickets = [opened(cast.dana, at + minute * MINUTE) for minute in range(3)]
    version = next_version(contract, at, standard=2 * HOUR)
    moving = ask_to_move(version, agent=cast.ida, at=at + 5 * MINUTE)
    assert ask_to_move(version, agent=cast.ida, at=at + 6 * MINUTE) == moving
    first = Clock.objects.filter(ticket=tickets[0]).order_by("metric")[0]
    move_some(moving, Mover.to(version, at), (first.ticket_id, first.metric))
    move_clocks(timestamp=0)
    moved = Moving.objects.get()
    assert moved.finished_at
    assert {clock.plan_version_id for clock in Clock.objects.all()} == {version.pk}
    assert {tuple(lines(clock_of(ticket))) for ticket in tickets} == {("start", "move")}
    assert move_open_tickets(version, agent=None, at=at + HOUR).moved == 0


def test_hands_share_all_tickets_and_no_ticket_twice() -> None:
    shares = Remaining(clocks=50_000, tickets=30_000, first=7, last=30_006).shares(4)
    numbers = [number for first, last in shares for number in (first, last)]
    assert numbers == sorted(set(numbers))
    assert (numbers[0], len(shares)) == (7, 4)
    assert numbers[-1] >= 30_006
    assert all(last + 1 == first for (_, last), (first, _) in pairwise(shares))
    assert len(Remaining(clocks=3, tickets=3, first=1, last=3).shares(4)) == 1


@pytest.mark.django_db(transaction=True)
def test_two_hands_move_what_one_would(
    cast: Cast, contract: Contract, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(moving_module, "FEW", 0)
    tickets = [opened(cast.dana, at + minute * MINUTE) for minute in range(5)]
    version = next_version(contract, at, standard=2 * HOUR)
    moving = move_open_tickets(version, agent=cast.ida, at=at + 6 * MINUTE, hands=2)
    assert (moving.moved, moving.kept, bool(moving.finished_at)) == (10, 0, True)
    assert {tuple(lines(clock_of(ticket))) for ticket in tickets} == {("start", "move")}
    assert all_agree()


def test_many_cost_as_many_statements_as_one(
    cast: Cast, contract: Contract, at: datetime
) -> None:
    opened(cast.dana, at)
    one_more = next_version(contract, at, standard=2 * HOUR)
    moving, mover = ask_to_move(one_more, agent=None, at=at), Mover.to(one_more, at)
    with CaptureQueriesContext(connection) as one:
        move_some(moving, mover, FIRST)
    for _ in range(9):
        opened(cast.dana, at)
    with CaptureQueriesContext(connection) as many:
        move_some(moving, mover, FIRST)
    assert len(many) <= len(one) <= 15

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.sla.actions import wake_due
from answerable.sla.models import Decision
from answerable.sla.tests.clocks import changed, clock_of, lines, replied, triage_of
from answerable.tickets.actions import confirm_claim, mark_delivered, mark_undelivered
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened_critical, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
MICRO = timedelta(microseconds=1)


@pytest.fixture
def claimed(cast: Cast, at: datetime) -> Ticket:
    return opened_critical(cast.dana, at)


@pytest.fixture
def notice(cast: Cast, claimed: Ticket, at: datetime) -> Message:
    """What tells Dana, ten minutes on, that her claim was changed to standard."""
    return changed(claimed, cast.ana, at=at + 10 * MINUTE)


def test_it_leaves_a_confirmed_claim_its_half_hour(
    cast: Cast, claimed: Ticket, at: datetime
) -> None:
    confirm_claim(claimed, agent=cast.ana, at=at + 5 * MINUTE)
    assert clock_of(claimed).due_at == at + 30 * MINUTE
    assert lines(clock_of(claimed)) == ["start"]


def test_it_keeps_the_critical_promise_until_the_reason_has_reached_the_customer(
    claimed: Ticket, notice: Message, at: datetime
) -> None:
    claimed.refresh_from_db()
    assert claimed.severity == "business_critical"
    assert clock_of(claimed).due_at == at + 30 * MINUTE
    assert triage_of(claimed).met_at == at + 10 * MINUTE


def test_it_counts_the_standard_promise_from_the_original_start(
    cast: Cast, claimed: Ticket, notice: Message, at: datetime
) -> None:
    mark_delivered(notice, at=at + 11 * MINUTE)
    clock = clock_of(claimed)
    assert (clock.target, clock.due_at, clock.allowance) == ("standard", at + HOUR, HOUR)
    entry = clock.entries.get(verb="retarget")
    assert (entry.at, entry.due_at, entry.agent) == (at + 11 * MINUTE, at + HOUR, cast.ana)
    assert entry.data["before"] == (at + 30 * MINUTE).isoformat()


def test_it_tells_the_customer_first_and_then_moves_the_promise(
    claimed: Ticket, notice: Message, at: datetime
) -> None:
    mark_delivered(notice, at=at + 11 * MINUTE)
    assert verbs(claimed)[4:] == [
        "claim_changed",
        "noticed",
        "clock_met",
        "delivered",
        "severity_changed",
        "clock_retargeted",
    ]


def test_d_18_the_critical_promise_stays_when_the_reason_could_not_be_delivered(
    claimed: Ticket, notice: Message, at: datetime
) -> None:
    mark_undelivered(notice, why="mailbox full", at=at + 11 * MINUTE)
    wake_due(at=at + 30 * MINUTE)
    assert clock_of(claimed).missed_at == at + 30 * MINUTE


def test_it_is_not_answered_by_the_reason(
    claimed: Ticket, notice: Message, at: datetime
) -> None:
    mark_delivered(notice, at=at + 11 * MINUTE)
    assert clock_of(claimed).outcome == "running"
    wake_due(at=at + HOUR)
    assert clock_of(claimed).missed_at == at + HOUR


def test_it_decides_again_and_keeps_the_first_decision(
    cast: Cast, claimed: Ticket, notice: Message, at: datetime
) -> None:
    mark_delivered(notice, at=at + 11 * MINUTE)
    decisions = Decision.objects.filter(ticket=claimed).order_by("pk")
    assert [(d.target, d.severity, d.contract) for d in decisions] == [
        ("critical", "business_critical", cast.contract),
        ("standard", "standard", cast.contract),
    ]


def test_it_stops_the_ladder(claimed: Ticket, notice: Message, at: datetime) -> None:
    mark_delivered(notice, at=at + 11 * MINUTE)
    wake_due(at=at + 40 * MINUTE)
    steps = clock_of(claimed).steps.all()
    assert {step.percent for step in steps if step.stopped_at} == {0, 25, 50, 80, 100}


def test_it_judges_the_class_of_the_person_as_it_was_at_the_opening(
    cast: Cast, claimed: Ticket, notice: Message, at: datetime
) -> None:
    entitlements.end_designation(cast.contract, cast.dana, at=at + MINUTE)
    mark_delivered(notice, at=at + 11 * MINUTE)
    assert clock_of(claimed).target == "standard"


def test_it_leaves_what_was_answered_in_time_as_it_ended(
    cast: Cast, claimed: Ticket, notice: Message, at: datetime
) -> None:
    replied(claimed, cast.ana, at=at + 11 * MINUTE)
    mark_delivered(notice, at=at + 12 * MINUTE)
    clock = clock_of(claimed)
    assert (clock.outcome, clock.target) == ("met", "critical")


def test_it_leaves_what_was_missed_before_the_change_took_effect(
    claimed: Ticket, notice: Message, at: datetime
) -> None:
    wake_due(at=at + 30 * MINUTE)
    mark_delivered(notice, at=at + 30 * MINUTE + MICRO)
    clock = clock_of(claimed)
    assert (clock.outcome, clock.target) == ("missed", "critical")
    assert lines(clock) == ["start", "miss"]


def test_it_takes_a_miss_back_when_the_change_took_effect_before_and_the_news_came_late(
    claimed: Ticket, notice: Message, at: datetime
) -> None:
    wake_due(at=at + 30 * MINUTE)
    mark_delivered(notice, at=at + 30 * MINUTE - MICRO)
    clock = clock_of(claimed)
    assert (clock.outcome, clock.due_at, clock.missed_at) == ("running", at + HOUR, None)
    assert lines(clock) == ["start", "miss", "retarget"]
    wake_due(at=at + HOUR)
    assert clock_of(claimed).missed_at == at + HOUR


def test_it_moves_the_promise_of_the_contract_that_applied_among_renewals(
    cast: Cast, at: datetime
) -> None:
    for starts_at in (at - timedelta(days=900), at + timedelta(days=180)):
        ends_at = starts_at + timedelta(days=365)
        entitlements.sign_contract(
            cast.nordwind, cast.premium, starts_at=starts_at, ends_at=ends_at
        )
    claimed = opened_critical(cast.dana, at)
    mark_delivered(changed(claimed, cast.ana, at=at + MINUTE), at=at + 2 * MINUTE)
    assert clock_of(claimed).target == "standard"


def test_it_leaves_an_aim_alone(cast: Cast, at: datetime) -> None:
    claimed = opened_critical(cast.sam, at)
    due_at = clock_of(claimed).due_at
    mark_delivered(changed(claimed, cast.ana, at=at + MINUTE), at=at + 2 * MINUTE)
    claimed.refresh_from_db()
    assert claimed.severity == "standard"
    assert clock_of(claimed).due_at == due_at
    assert lines(clock_of(claimed)) == ["start"]

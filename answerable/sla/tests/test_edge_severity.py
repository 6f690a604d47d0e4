"""The cases of domain.md (d) on severities, E39 to E49 and E71, by their numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements.core.clauses import Reclassification
from answerable.sla.actions import reclassify, wake_due
from answerable.sla.actions.reclassifying import NotAllowed
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import (
    changed,
    clock_of,
    clocks_of,
    last_clock,
    lines,
    replied,
    wrote,
)
from answerable.sla.tests.plans import LEVELS, row, shipped, sold
from answerable.tickets.actions import ReasonMissing, Said, mark_delivered, take
from answerable.tickets.models import SeverityChange, Ticket
from answerable.tickets.tests.openings import opened, opened_critical, verbs

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
ROWS = (
    row("first_response", 30 * MINUTE, severity="urgent"),
    row("first_response", 2 * HOUR, severity="high"),
    row("first_response", 8 * HOUR, severity="standard"),
    row("next_response", HOUR, severity="urgent"),
    row("next_response", 4 * HOUR, severity="standard"),
    row("status_update", HOUR, severity="urgent", every=True),
)
FROM_CHANGE = Reclassification(upgrade_from="change", downgrade_from="change")


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """A standard ticket under a plan with three severities that we set."""
    sold(cast, at, *ROWS, severities=LEVELS)
    return opened(cast.dana, at)


def set_to(ticket: Ticket, severity: str, cast: Cast, at: datetime) -> SeverityChange:
    """Let an agent set a severity, and the reason reach the customer at once."""
    why = "Your own export only."
    change = reclassify(ticket, severity, by=cast.ana, reason=why, at=at)
    if change.notice and change.in_force_at is None:
        mark_delivered(change.notice, at=at)
    ticket.refresh_from_db()
    return change


def test_e39_a_change_to_standard_holds_once_the_customer_was_told_and_counts_from_the_start(
    cast: Cast, at: datetime
) -> None:
    claimed = opened_critical(cast.dana, at)
    notice = changed(claimed, cast.ana, at=at + 10 * MINUTE)
    assert clock_of(claimed).due_at == at + 30 * MINUTE
    mark_delivered(notice, at=at + 11 * MINUTE)
    assert clock_of(claimed).due_at == at + HOUR


def test_e39_a_miss_in_the_dispute_stays_a_miss(cast: Cast, at: datetime) -> None:
    claimed = opened_critical(cast.dana, at)
    notice = changed(claimed, cast.ana, at=at + 10 * MINUTE)
    wake_due(at=at + 30 * MINUTE)
    mark_delivered(notice, at=at + 31 * MINUTE)
    assert clock_of(claimed).missed_at == at + 30 * MINUTE


def test_e39_a_downgrade_between_any_severities_tells_the_customer_first(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_to(ticket, "urgent", cast, at)
    why = "A workaround runs."
    change = reclassify(ticket, "high", by=cast.ana, reason=why, at=at + 5 * MINUTE)
    assert (clock_of(ticket).due_at, change.in_force_at) == (at + 30 * MINUTE, None)
    assert change.notice
    mark_delivered(change.notice, at=at + 6 * MINUTE)
    assert clock_of(ticket).due_at == at + 2 * HOUR
    assert change.notice.body == why


def test_e40_a_downgrade_leaves_what_was_answered_and_later_clocks_use_the_new_level(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_to(ticket, "urgent", cast, at)
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    set_to(ticket, "standard", cast, at + 20 * MINUTE)
    assert (clock_of(ticket).outcome, clock_of(ticket).target) == (
        "met",
        "first_response_urgent",
    )
    wrote(ticket, cast.dana, at=at + HOUR)
    assert last_clock(ticket, "next_response").due_at == at + 5 * HOUR


@pytest.mark.parametrize(
    ("policy", "changed_at", "due"),
    [
        (Reclassification(), 10, 30),  # from the start
        (FROM_CHANGE, 10, 40),
        (FROM_CHANGE, 7 * 60 + 45, 8 * 60),  # the deadline there was is the stricter
        (Reclassification(), 60, 30),  # it was due already, and is missed then
    ],
)
def test_e41_an_upgrade_counts_as_the_plan_says_and_the_stricter_deadline_holds(
    cast: Cast, at: datetime, policy: Reclassification, changed_at: int, due: int
) -> None:
    sold(cast, at, *ROWS, severities=LEVELS, reclassification=policy)
    ticket = opened(cast.dana, at)
    set_to(ticket, "urgent", cast, at + changed_at * MINUTE)
    assert clock_of(ticket).due_at == at + due * MINUTE
    wake_due(at=at + max(changed_at, due) * MINUTE)
    assert clock_of(ticket).missed_at == at + due * MINUTE


def test_e41_what_only_the_new_severity_promises_starts_with_it(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    assert clocks_of(ticket, "status_update") == []
    set_to(ticket, "urgent", cast, at + 10 * MINUTE)
    assert clocks_of(ticket, "status_update") == [("running", at + HOUR + 10 * MINUTE)]
    set_to(ticket, "standard", cast, at + 20 * MINUTE)
    assert last_clock(ticket, "status_update").outcome == "void"


@pytest.mark.parametrize(
    ("until", "taken", "may"),
    [
        ("created", False, False),
        ("assigned", False, True),
        ("assigned", True, False),
        ("always", True, True),
        ("never", False, False),
    ],
)
def test_e42_a_customer_may_change_it_for_as_long_as_the_plan_says(
    cast: Cast, at: datetime, until: str, taken: bool, may: bool
) -> None:
    policy = Reclassification(customer_until=until)
    sold(cast, at, *ROWS, severities=LEVELS, reclassification=policy)
    ticket = opened(cast.dana, at)
    if taken:
        take(ticket, agent=cast.ana, at=at)
    if not may:
        with pytest.raises(NotAllowed):
            reclassify(ticket, "high", by=cast.dana, reason="", at=at)
        return
    reclassify(ticket, "high", by=cast.dana, reason="", at=at)
    assert clock_of(ticket).due_at == at + 2 * HOUR


@pytest.mark.parametrize(
    ("may", "severity", "allowed"),
    [
        ("both", "urgent", True),
        ("up", "urgent", True),
        ("down", "urgent", False),
        ("neither", "high", False),
    ],
)
def test_e42_an_agent_may_change_it_in_the_direction_that_the_plan_names(
    cast: Cast, at: datetime, may: str, severity: str, allowed: bool
) -> None:
    policy = Reclassification(vendor_may=may)
    sold(cast, at, *ROWS, severities=LEVELS, reclassification=policy)
    ticket = opened(cast.dana, at)
    if allowed:
        assert set_to(ticket, severity, cast, at).in_force_at == at
    else:
        with pytest.raises(NotAllowed):
            set_to(ticket, severity, cast, at)


def test_e42_it_needs_a_reason_unless_the_plan_says_not(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    with pytest.raises(ReasonMissing):
        reclassify(ticket, "urgent", by=cast.ana, reason=" ", at=at)
    sold(
        cast,
        at,
        *ROWS,
        severities=LEVELS,
        reclassification=Reclassification(needs_reason=False),
    )
    other = opened(cast.dana, at)
    reclassify(other, "urgent", by=cast.ana, reason="", at=at)
    assert clock_of(other).due_at == at + 30 * MINUTE


def test_e43_what_is_mitigated_is_lowered_with_a_notice(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_to(ticket, "urgent", cast, at)
    set_to(ticket, "standard", cast, at + 10 * MINUTE)
    assert ticket.messages.filter(kind="notice").count() == 2
    assert verbs(ticket)[-3:] == ["severity_changed", "clock_retargeted", "clock_ended"]
    assert clock_of(ticket).due_at == at + 8 * HOUR


def test_e47_a_row_may_be_for_production_only(cast: Cast, at: datetime) -> None:
    only = row("first_response", 30 * MINUTE, severity="urgent", environments=("production",))
    other = row("first_response", 8 * HOUR, key="rest")
    sold(cast, at, only, other, severities=LEVELS)
    found = []
    for environment in ("production", "sandbox"):
        ticket = opened(cast.dana, at, environment=environment)
        reclassify(ticket, "urgent", by=cast.ana, reason="All of them.", at=at)
        found.append(clock_of(ticket).target)
    assert found == [only.key, "rest"]


def test_e47_what_is_about_a_sandbox_is_capped_at_the_worst_that_it_can_have(
    cast: Cast, at: datetime
) -> None:
    shipped(cast, "github-premium", at=at)
    said = Said(severity="urgent")
    ticket = opened(cast.dana, at, said=said, environment="sandbox")
    assert (ticket.severity, ticket.rating.severity) == ("normal", "urgent")
    with pytest.raises(NotAllowed):
        reclassify(ticket, "urgent", by=cast.ana, reason="She insists.", at=at)
    assert clocks_of(ticket, "first_response") == []


def test_e49_a_customer_who_answers_late_keeps_the_severity(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_to(ticket, "urgent", cast, at)
    replied(ticket, cast.ana, at=at + 10 * MINUTE)
    wrote(ticket, cast.dana, at=at + 3 * HOUR)
    assert last_clock(ticket, "next_response").due_at == at + 4 * HOUR


def test_e71_an_upgrade_to_around_the_clock_counts_there_from_the_change(
    cast: Cast, at: datetime
) -> None:
    rows = (
        row("first_response", HOUR, severity="urgent"),
        row("first_response", 9 * HOUR, severity="standard", calendar="office"),
    )
    sold(cast, at, *rows, severities=LEVELS, reclassification=FROM_CHANGE)
    friday = datetime(2025, 10, 24, 14, 30, tzinfo=UTC)  # half past four in Berlin
    ticket = opened(cast.dana, friday)
    assert clock_of(ticket).due_at == datetime(2025, 10, 27, 15, 30, tzinfo=UTC)
    saturday = friday + timedelta(days=1)
    set_to(ticket, "urgent", cast, saturday)
    assert clock_of(ticket).due_at == saturday + HOUR
    assert lines(clock_of(ticket)) == ["start", "retarget"]


def test_it_says_what_is_set_again_without_a_change(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    set_to(ticket, "standard", cast, at)
    assert verbs(ticket)[-2:] == ["noticed", "severity_set"]
    assert Clock.objects.get(ticket=ticket).entries.count() == 1

"""The cases of domain.md (d) on calendars, E65 to E70. The arithmetic has tests of its own."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.sla.core.hours import Hours
from answerable.sla.core.pauses import Pause, due_with_pauses
from answerable.sla.tests.clocks import clock_of, last_clock, replied, wrote
from answerable.sla.tests.plans import WAITS, row, sold
from answerable.tickets.tests.openings import opened

HOUR = timedelta(hours=1)
OFFICE = ((("08:00", "17:00"),),) * 5 + ((), ())
FRIDAY_EVENING = datetime(2025, 10, 24, 18, tzinfo=UTC)
FRIDAY_AT_HALF_PAST_FOUR = datetime(2025, 10, 24, 14, 30, tzinfo=UTC)
MONDAY_AT_EIGHT = datetime(2025, 10, 27, 7, tzinfo=UTC)  # the clocks went back on Sunday


@pytest.fixture
def _office(cast: Cast, at: datetime) -> None:
    sold(
        cast,
        at,
        row("first_response", HOUR, calendar="office"),
        row("next_response", 2 * HOUR, calendar="office"),
        row("resolution", 9 * HOUR, calendar="office"),
        pauses=(WAITS,),
    )


@pytest.mark.usefixtures("_office")
def test_e65_what_comes_in_at_night_counts_from_the_opening(cast: Cast) -> None:
    clock = clock_of(opened(cast.dana, FRIDAY_EVENING))
    assert (clock.started_at, clock.due_at) == (FRIDAY_EVENING, MONDAY_AT_EIGHT + HOUR)


@pytest.mark.usefixtures("_office")
def test_e66_what_is_left_of_a_day_carries_over(cast: Cast) -> None:
    clock = clock_of(opened(cast.dana, FRIDAY_AT_HALF_PAST_FOUR))
    assert clock.due_at == MONDAY_AT_EIGHT + HOUR / 2


@pytest.mark.usefixtures("_office")
def test_e66_a_pause_over_a_weekend_costs_only_the_hours_in_it(cast: Cast) -> None:
    ticket = opened(cast.dana, FRIDAY_AT_HALF_PAST_FOUR)
    replied(ticket, cast.ana, at=FRIDAY_AT_HALF_PAST_FOUR)
    wrote(ticket, cast.dana, at=MONDAY_AT_EIGHT + HOUR)
    assert last_clock(ticket, "next_response").due_at == MONDAY_AT_EIGHT + 3 * HOUR
    tuesday = datetime(2025, 10, 28, 8, tzinfo=UTC)
    assert last_clock(ticket, "resolution").due_at == tuesday


def test_e67_a_day_off_at_one_place_moves_its_own_hours_only() -> None:
    """Ours: each place is a calendar; where several serve, a plan joins them in one."""
    off = Hours("Europe/Berlin", OFFICE, {date(2025, 10, 27): ()})
    on = Hours("Europe/Berlin", OFFICE)
    assert on.due(FRIDAY_EVENING, HOUR) == MONDAY_AT_EIGHT + HOUR
    assert off.due(FRIDAY_EVENING, HOUR) == MONDAY_AT_EIGHT + 25 * HOUR


@pytest.mark.parametrize(("day", "hours"), [(date(2025, 10, 26), 25), (date(2026, 3, 29), 23)])
def test_e68_days_of_23_and_25_hours_are_counted_in_real_time(day: date, hours: int) -> None:
    whole = Hours("Europe/Berlin", ((("00:00", "24:00"),),) * 7)
    midnight, next_one = (
        datetime(day.year, day.month, number, tzinfo=whole.zone).astimezone(UTC)
        for number in (day.day, day.day + 1)
    )
    assert next_one - midnight == hours * HOUR
    assert whole.due(midnight, hours * HOUR) == next_one
    stood = Pause(midnight + HOUR, midnight + 4 * HOUR)
    assert due_with_pauses(whole, midnight, (hours - 3) * HOUR, [stood]) == next_one


def test_e70_a_day_is_what_the_plan_says_it_is() -> None:
    """Nine office hours are one day, and 24 of them are three: the target says which."""
    office = Hours("Europe/Berlin", OFFICE)
    monday = datetime(2025, 10, 20, 6, tzinfo=UTC)
    assert office.due(monday, 9 * HOUR) == monday + 9 * HOUR
    assert office.due(monday, 24 * HOUR) == monday + timedelta(days=2) + 6 * HOUR

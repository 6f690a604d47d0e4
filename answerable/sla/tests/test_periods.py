"""Months and fiscal quarters, in the vendor's zone, without a gap."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import partial
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.sla.core.periods import (
    Period,
    after,
    month,
    month_named,
    month_of,
    quarter_of,
    working_day,
)
from answerable.sla.tests.outcomes import BERLIN, INSTANTS, on

MICRO = timedelta(microseconds=1)
# Asunción's clocks skipped the midnights of 1 October 2017 and 2023.
ZONES = st.sampled_from(
    [
        ZoneInfo(key)
        for key in (
            *("UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Pacific/Apia"),
            *("America/Asuncion", "Asia/Beirut", "Australia/Lord_Howe"),
        )
    ]
)


@given(INSTANTS, ZONES, st.integers(1, 12))
def test_periods_leave_no_gap_and_never_overlap(
    instant: datetime, zone: ZoneInfo, start: int
) -> None:
    quarters = partial(quarter_of, fiscal_start=start)
    for of in (month_of, quarters):
        found = of(instant, zone)
        assert found.end
        assert instant in found
        assert of(found.begin, zone) == of(found.end - MICRO, zone) == found
        assert of(found.end, zone).begin == found.end
        assert found.end not in found


@given(INSTANTS, ZONES, st.integers(1, 12))
def test_a_quarter_is_three_months(instant: datetime, zone: ZoneInfo, start: int) -> None:
    quarter = quarter_of(instant, zone, start)
    months = [month_of(quarter.begin, zone)]
    for _ in range(2):
        assert months[-1].end
        months.append(month_of(months[-1].end, zone))
    assert (months[0].begin, months[-1].end) == (quarter.begin, quarter.end)
    assert (quarter.begin.astimezone(zone).month - start) % 3 == 0


def test_a_month_begins_at_the_vendors_midnight() -> None:
    october = Period(
        datetime(2025, 9, 30, 22, tzinfo=UTC), datetime(2025, 10, 31, 23, tzinfo=UTC)
    )
    assert month(2025, 10, BERLIN) == october == month_of(on(2025, 10, 26, 2, 30), BERLIN)
    assert month(2025, 13, BERLIN) == month(2026, 1, BERLIN)
    assert month(2026, 0, BERLIN) == month(2025, 12, BERLIN)


@pytest.mark.parametrize(
    ("at", "begin", "end"),
    [
        # GitHub's fiscal quarters end on 31 January, 30 April, 31 July and 31 October.
        (on(2026, 1, 31, 23, 59), on(2025, 11, 1, 0), on(2026, 2, 1, 0)),
        (on(2026, 2, 1, 0), on(2026, 2, 1, 0), on(2026, 5, 1, 0)),
        (on(2026, 7, 31), on(2026, 5, 1, 0), on(2026, 8, 1, 0)),
        (on(2026, 10, 31), on(2026, 8, 1, 0), on(2026, 11, 1, 0)),
    ],
)
def test_a_quarter_is_anchored_on_the_fiscal_year(
    at: datetime, begin: datetime, end: datetime
) -> None:
    assert quarter_of(at, BERLIN, 2) == Period(begin, end)


@pytest.mark.parametrize(
    ("name", "named"),
    [("2025-10", (2025, 10)), ("2025-13", None), ("25-10", None), ("", None), ("2025-1", None)],
)
def test_it_reads_the_name_of_a_month(name: str, named: tuple[int, int] | None) -> None:
    assert month_named(name) == named


def test_days_are_added_on_the_wall() -> None:
    assert after(on(2025, 10, 1, 0), timedelta(days=30), BERLIN) == on(2025, 10, 31, 0)


def test_the_second_working_day_skips_the_weekend() -> None:
    assert working_day(month(2025, 10, BERLIN), 2, BERLIN) == on(2025, 11, 4, 0)
    assert working_day(month(2025, 9, BERLIN), 2, BERLIN) == on(2025, 10, 2, 0)


def test_a_term_without_an_end_is_never_over() -> None:
    term = Period(on(2025, 1, 1), None)
    assert on(2060, 1, 1) in term
    assert not term.is_over(on(2060, 1, 1))
    with pytest.raises(ValueError, match="no day after"):
        working_day(term, 2, BERLIN)

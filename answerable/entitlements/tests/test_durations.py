"""Lengths of time, shares and moments are read as people write them, and never guessed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.core import durations, moments
from answerable.entitlements.core.allowance import Allowance, Basis
from answerable.entitlements.core.durations import duration, share
from answerable.entitlements.core.moments import moment
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.core.target_reading import allowed

MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)


@pytest.mark.parametrize(
    ("words", "minutes"),
    [
        *(("30m", 30), ("30 min", 30), ("1h", 60), ("4 h", 240), ("1h30m", 90)),
        *(("1h 30m", 90), ("1 hour 30 minutes", 90), ("45s", 0.75), ("2d", 2880)),
        *((" 2 days ", 2880), ("0m", 0)),
    ],
)
def test_it_reads_lengths(words: str, minutes: float) -> None:
    assert duration(words) == minutes * MINUTE


@pytest.mark.parametrize(
    "words",
    [
        *("", " ", "30", "m", "1.5h", "-1h", "half an hour", "1h30", "²h", "1 fortnight", "1H"),
        *("1h,30m", "1 h and 30 min", "1234567m"),
    ],
)
def test_it_reads_nothing_else_as_a_length(words: str) -> None:
    with pytest.raises(PlanError, match="Enter a time like 30 min, 4 h or 1 working day"):
        duration(words)


@pytest.mark.parametrize("words", ["1bd", "1 working day", "1 business day"])
def test_it_reads_working_days_for_a_target_alone(words: str) -> None:
    assert allowed(words, None) == Allowance(timedelta(0), 1, Basis.BUSINESS_DAY)
    assert allowed("2 days", Basis.ELAPSED) == Allowance(timedelta(0), 2, Basis.ELAPSED)
    with pytest.raises(PlanError, match="Only a target counts those"):
        duration(words)


@given(st.integers(0, 10**6), st.integers(0, 400))
def test_it_reads_what_it_says(seconds: int, days: int) -> None:
    length = timedelta(seconds=seconds)
    assert duration(durations.said(length)) == length
    for basis in (Basis.ELAPSED, Basis.BUSINESS_DAY):
        allowance = Allowance(length, days, basis if days else Basis.OFFICE_HOURS)
        assert allowed(str(allowance), basis) == allowance


@pytest.mark.parametrize(
    ("words", "part"), [("20%", 0.2), ("0.5 %", 0.005), ("100%", 1), ("250%", 2.5)]
)
def test_it_reads_shares(words: str, part: float) -> None:
    assert share(words) == pytest.approx(part)


@pytest.mark.parametrize("words", ["", "20", "%", "-5%", "1e2%", "a fifth"])
def test_it_reads_nothing_else_as_a_share(words: str) -> None:
    with pytest.raises(PlanError, match="Enter one like 20%"):
        share(words)


@pytest.mark.parametrize(
    ("words", "instant"),
    [
        ("2026-03-06 16:45 Europe/Berlin", datetime(2026, 3, 6, 15, 45, tzinfo=UTC)),
        ("2026-03-06T16:45:30 Europe/Berlin", datetime(2026, 3, 6, 15, 45, 30, tzinfo=UTC)),
        ("2026-10-25 02:30 UTC+1", datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
        ("2026-10-25 02:30 UTC-3:30", datetime(2026, 10, 25, 6, 0, tzinfo=UTC)),
        ("2026-10-25 02:30 UTC", datetime(2026, 10, 25, 2, 30, tzinfo=UTC)),
    ],
)
def test_it_reads_a_wall_time_with_its_zone(words: str, instant: datetime) -> None:
    assert moment(words) == instant


@pytest.mark.parametrize(
    ("words", "wrong"),
    [
        ("2026-03-06 16:45", "Enter a time with its zone"),
        ("6.3.2026 16:45 Europe/Berlin", "Enter a time with its zone"),
        ("2026-02-29 16:45 Europe/Berlin", "no day or time of a calendar"),
        ("2026-03-06 24:45 Europe/Berlin", "no day or time of a calendar"),
        ("2026-03-06 16:45 Berlin", "'Berlin' is no time zone"),
        ("2026-03-06 16:45 UTC+30", "'UTC+30' is no time zone"),
        ("2026-03-29 02:30 Europe/Berlin", "does not exist: clocks go forward"),
        ("2026-10-25 02:30 Europe/Berlin", "Write UTC+2 or UTC+1 in place of the zone"),
    ],
)
def test_it_says_why_it_cannot_read_a_moment(words: str, wrong: str) -> None:
    with pytest.raises(PlanError) as refused:
        moment(words)
    assert wrong in str(refused.value)


@given(
    st.integers(150_000_000, 3_800_000_000),
    st.sampled_from(["UTC", "Europe/Berlin", "America/St_Johns", "Asia/Kolkata"]),
)
def test_it_reads_the_moment_that_it_says(seconds: int, zone: str) -> None:
    there = datetime.fromtimestamp(seconds, ZoneInfo(zone))
    assert moment(moments.said(there)) == there

"""A clock that stands still for a while is due that much later, counted in open time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.sla.core.hours import Always, Hours, Weekly
from answerable.sla.core.pauses import Pause, counted, due_with_pauses

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE: Weekly = ((("08:00", "17:00"),),) * 5 + ((), ())
HOUR = timedelta(hours=1)
office = Hours("Europe/Berlin", OFFICE)


@pytest.mark.parametrize(
    ("it", "start", "allowed", "pauses", "due"),
    [
        ("runs without a pause", "20 10:00", HOUR, [], "20 11:00"),
        ("is due that much later", "20 10:00", HOUR, [("20 10:15", "20 10:45")], "20 11:30"),
        ("is moved past closing", "20 16:00", HOUR, [("20 16:30", "20 16:40")], "21 08:10"),
        (
            "loses nothing to a closed pause",
            "17 16:30",
            HOUR,
            [("18 9:0", "18 12:0")],
            "20 8:30",
        ),
        (
            "counts a night in a pause once",
            "20 16:30",
            HOUR,
            [("20 16:40", "21 08:10")],
            "21 9:0",
        ),
        (
            "counts pauses that overlap once",
            "20 10:00",
            HOUR,
            [("20 10:20", "20 10:40"), ("20 10:10", "20 10:30")],
            "20 11:30",
        ),
        ("begins within a pause", "20 10:00", HOUR, [("20 9:0", "20 10:30")], "20 11:30"),
        ("forgets a pause before it", "20 10:00", HOUR, [("20 8:0", "20 9:0")], "20 11:00"),
        (
            "is due where a pause begins",
            "20 10:00",
            HOUR,
            [("20 11:00", "20 12:00")],
            "20 11:00",
        ),
        ("is due before an open pause", "20 10:00", HOUR, [("20 11:00", None)], "20 11:00"),
    ],
)
def test_it(
    it: str,
    start: str,
    allowed: timedelta,
    pauses: list[tuple[str, str | None]],
    due: str,
) -> None:
    stood = [Pause(at(begin), at(end) if end else None) for begin, end in pauses]
    assert due_with_pauses(office, at(start), allowed, stood) == at(due), it


def at(words: str) -> datetime:
    """Read "20 9:05" as that wall time in Berlin in October 2025."""
    day, time = words.split()
    hour, minute = time.split(":")
    return datetime(2025, 10, int(day), int(hour), int(minute), tzinfo=BERLIN)


def test_it_is_due_at_no_time_while_it_stands() -> None:
    assert due_with_pauses(office, at("20 10:00"), HOUR, [Pause(at("20 10:59"), None)]) is None
    assert due_with_pauses(office, at("20 10:00"), HOUR, [Pause(at("20 09:00"), None)]) is None


def test_it_uses_nothing_up_before_a_pause_that_holds_its_start() -> None:
    stood = [Pause(at("20 10:00"), at("20 10:30"))]
    assert due_with_pauses(office, at("20 10:00"), timedelta(0), stood) == at("20 10:30")


def test_it_counts_what_was_open_outside_of_pauses() -> None:
    stood = [Pause(at("20 10:00"), at("20 10:30")), Pause(at("21 08:30"), None)]
    assert counted(office, at("20 09:30"), at("22 12:00"), stood) == 7.5 * HOUR
    assert counted(office, at("20 09:30"), at("20 10:15"), stood) == HOUR / 2
    assert counted(office, at("20 09:30"), at("20 09:00"), stood) == timedelta(0)


MONDAY = datetime(2025, 10, 20, 6, tzinfo=UTC)
minutes = st.integers(0, 14 * 24 * 60).map(lambda minutes: MONDAY + timedelta(minutes=minutes))
pauses = st.lists(
    st.tuples(minutes, minutes).map(lambda ends: Pause(min(ends), max(ends))), max_size=5
)
allowances = st.timedeltas(timedelta(seconds=1), timedelta(hours=60))


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([office, Always()]), minutes, allowances, pauses)
def test_it_has_counted_the_allowance_when_it_is_due(
    calendar: Hours | Always, start: datetime, allowed: timedelta, stood: list[Pause]
) -> None:
    due = due_with_pauses(calendar, start, allowed, stood)
    assert due is not None
    assert counted(calendar, start, due, stood) == allowed
    assert due >= calendar.due(start, allowed)


@settings(max_examples=60, deadline=None)
@given(minutes, allowances, pauses)
def test_it_is_due_no_earlier_for_one_pause_more(
    start: datetime, allowed: timedelta, stood: list[Pause]
) -> None:
    dues = [due_with_pauses(office, start, allowed, stood[:many]) for many in range(6)]
    assert dues == sorted(due for due in dues if due)

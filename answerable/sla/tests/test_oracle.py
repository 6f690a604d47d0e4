"""Random calendars against brute force around changes of clocks, second by second.

The oracle knows nothing of tables and of how wall times become instants: it watches the wall.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import accumulate, groupby, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.sla.core.hours import Day, Hours, Weekly
from answerable.sla.core.lookup import Lookup
from answerable.sla.core.union import Union

# A zone, and an instant near which its clocks change, or did.
CHANGES = [
    ("Europe/Berlin", "2025-10-26T01:00"),
    ("Europe/Berlin", "2026-03-29T01:00"),
    ("Europe/London", "2026-03-29T01:00"),
    ("Europe/Dublin", "2025-10-26T01:00"),  # Winter is its daylight saving time.
    ("Europe/Lisbon", "2026-03-29T01:00"),
    ("Europe/Moscow", "2014-10-25T22:00"),
    ("Europe/Istanbul", "2015-11-08T01:00"),
    ("America/New_York", "2025-11-02T06:00"),
    ("America/Chicago", "2026-03-08T08:00"),
    ("America/Denver", "2025-11-02T08:00"),
    ("America/Los_Angeles", "2026-03-08T10:00"),
    ("America/St_Johns", "2011-03-13T03:31"),  # At one minute past midnight.
    ("America/Havana", "2025-11-02T05:00"),  # Midnight comes twice.
    ("America/Santiago", "2025-09-07T04:00"),  # Midnight is skipped.
    ("America/Sao_Paulo", "2018-11-04T03:00"),
    ("America/Sao_Paulo", "2018-02-18T02:00"),
    ("America/Asuncion", "2024-03-24T03:00"),
    ("America/Caracas", "2016-05-01T07:00"),  # By half an hour, for good.
    ("America/Godthab", "2023-03-26T01:00"),
    ("Africa/Cairo", "2025-10-30T21:00"),
    ("Africa/Casablanca", "2026-02-15T02:00"),  # For Ramadan.
    ("Africa/Casablanca", "2026-03-22T02:00"),
    ("Africa/Lagos", "2025-10-26T01:00"),  # No change at all.
    ("Asia/Gaza", "2025-10-24T23:00"),
    ("Asia/Jerusalem", "2026-03-27T00:00"),
    ("Asia/Tehran", "2022-09-21T19:30"),
    ("Asia/Kathmandu", "1985-12-31T18:30"),  # By a quarter of an hour, for good.
    ("Asia/Kolkata", "2025-10-26T01:00"),
    ("Asia/Pyongyang", "2018-05-04T15:00"),
    ("Asia/Tokyo", "2025-10-26T01:00"),
    ("Australia/Sydney", "2025-10-04T16:00"),
    ("Australia/Adelaide", "2026-04-04T16:30"),
    ("Australia/Lord_Howe", "2025-10-04T15:30"),  # By half an hour.
    ("Australia/Lord_Howe", "2026-04-04T15:00"),
    ("Antarctica/Troll", "2026-03-29T01:00"),  # By two hours.
    ("Pacific/Apia", "2011-12-30T10:00"),  # A day is skipped.
    ("Pacific/Chatham", "2025-09-27T14:00"),
    ("Pacific/Auckland", "2026-04-04T14:00"),
    ("Pacific/Norfolk", "2025-10-04T15:30"),
    ("Pacific/Easter", "2025-09-07T04:00"),
]
MINUTE, BEFORE, LENGTH = 60, timedelta(hours=30), 70 * 60
MIDNIGHT = 24 * 60


def test_it_looks_at_thirty_zones() -> None:
    assert len({zone for zone, _ in CHANGES}) >= 30


class Wall:
    """The clock on a wall, looked at once a minute around a change.

    A place opens when the wall first reaches its opening, and closes when the wall shows less
    than its closing no more.
    """

    def __init__(self, zone: str, begin: datetime) -> None:
        instants = [begin + timedelta(minutes=minute) for minute in range(LENGTH)]
        shown = [
            _minutes(at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)) for at in instants
        ]
        self.days = range(shown[0] // MIDNIGHT - 1, max(shown) // MIDNIGHT + 2)
        self._reached = list(accumulate(shown, max))
        self._no_less = list(accumulate(reversed(shown), min))[::-1]

    def is_open(self, weekly: Weekly, dated: Mapping[date, Day]) -> list[bool]:
        """Return for each minute whether a place is open."""
        is_open = [False] * LENGTH
        for number in self.days:
            day = date.fromordinal(number)
            for opening, closing in dated.get(day, weekly[day.weekday()]):
                begin, end = _time(opening), _time(closing)
                end += MIDNIGHT if end < begin else 0
                first = bisect_left(self._reached, number * MIDNIGHT + begin)
                last = bisect_left(self._no_less, number * MIDNIGHT + end)
                is_open[first:last] = [True] * (last - first)
        return is_open


def _minutes(wall: datetime) -> int:
    return wall.toordinal() * MIDNIGHT + wall.hour * 60 + wall.minute


def _time(words: str) -> int:
    return int(words[:2]) * 60 + int(words[3:])


@cache
def wall_of(zone: str, begin: datetime) -> Wall:
    return Wall(zone, begin)


def around(change: tuple[str, str]) -> datetime:
    return datetime.fromisoformat(change[1]).replace(tzinfo=UTC) - BEFORE


def check(calendar: Lookup, begin: datetime, is_open: list[bool], data: st.DataObject) -> None:
    """Compare a calendar with what is open, from an instant on, minute by minute."""

    def at(second: int) -> datetime:
        return begin + timedelta(seconds=second)

    stretches = list(_stretches(is_open))
    ends = [0, *(second for stretch in stretches for second in stretch)]
    seconds = st.integers(0, LENGTH * MINUTE) | st.sampled_from(ends)
    start, other = data.draw(seconds), data.draw(seconds)
    spans = calendar.spans(at(0), at(LENGTH * MINUTE))
    assert [(span.begin, span.end) for span in spans] == [(at(b), at(e)) for b, e in stretches]
    ticks = [second for second in range(start, LENGTH * MINUTE) if is_open[second // MINUTE]]
    between = sum(second < other for second in ticks)
    assert calendar.open_time(at(start), at(other)) == timedelta(seconds=between)
    if ticks:
        assert calendar.opening(at(start)) == at(ticks[0])
        closing = [n for n, (one, two) in enumerate(pairwise(ticks), 1) if two > one + 1]
        allowances = st.integers(1, len(ticks)) | st.sampled_from([*closing, len(ticks)])
        allowed = data.draw(allowances)
        assert calendar.due(at(start), timedelta(seconds=allowed)) == at(ticks[allowed - 1] + 1)


def _stretches(is_open: list[bool]) -> Iterator[tuple[int, int]]:
    """Return the runs of open minutes, in seconds."""
    minute = 0
    for opened, run in groupby(is_open):
        length = len(list(run))
        if opened:
            yield minute * MINUTE, (minute + length) * MINUTE
        minute += length


# Hours whose ends lie anywhere, and often where clocks change.
minutes = st.integers(0, MIDNIGHT) | st.sampled_from([0, 1, 60, 90, 120, 150, 180, MIDNIGHT])
days = st.lists(minutes, max_size=4, unique=True).map(lambda ends: _day(sorted(ends)))
nights = st.sampled_from(
    [(), (("21:30", "02:30"),), (("23:00", "01:15"),), (("23:59", "23:58"),)]
)
weeks = st.tuples(*[days] * 7) | st.tuples(*[nights] * 7)
changes = st.sampled_from(CHANGES)


def _day(ends: list[int]) -> Day:
    words = [f"{minute // 60:02}:{minute % 60:02}" for minute in ends]
    return tuple(zip(words[::2], words[1::2], strict=False))


@settings(max_examples=120, deadline=None)
@given(changes, weeks, days, st.integers(0, 3), st.data())
def test_it_agrees_second_by_second(
    change: tuple[str, str], weekly: Weekly, special: Day, day: int, data: st.DataObject
) -> None:
    begin = around(change)
    wall = wall_of(change[0], begin)
    dated = {date.fromordinal(wall.days[day]): special}
    check(Hours(change[0], weekly, dated), begin, wall.is_open(weekly, dated), data)


@settings(max_examples=30, deadline=None)
@given(changes, changes, weeks, weeks, st.data())
def test_it_agrees_on_unions(
    one: tuple[str, str],
    other: tuple[str, str],
    first: Weekly,
    last: Weekly,
    data: st.DataObject,
) -> None:
    begin = around(one)
    union = Union("UTC", [Hours(one[0], first), Hours(other[0], last)])
    parts = [
        wall_of(zone, begin).is_open(weekly, {})
        for zone, weekly in ((one[0], first), (other[0], last))
    ]
    check(union, begin, [any(both) for both in zip(*parts, strict=True)], data)


@pytest.mark.parametrize("change", CHANGES, ids=" ".join)
def test_it_agrees_on_every_change(change: tuple[str, str]) -> None:
    begin = around(change)
    for hours in ((("00:00", "24:00"),), (("02:15", "02:45"),), (("22:30", "02:30"),)):
        weekly = (hours,) * 7
        spans = Hours(change[0], weekly).spans(begin, begin + timedelta(minutes=LENGTH))
        stretches = list(_stretches(wall_of(change[0], begin).is_open(weekly, {})))
        assert [(s.begin - begin).total_seconds() for s in spans] == [b for b, _ in stretches]
        assert [(s.end - begin).total_seconds() for s in spans] == [e for _, e in stretches]

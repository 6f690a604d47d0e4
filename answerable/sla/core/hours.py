"""When a clock runs, and when an allowance of running time is used up, to the microsecond.

Instants are UTC. Wall times meet their zone in one function, `_instant`. Elapsed time is
counted in real seconds across a change of clocks. An allowance that is used up exactly at
closing time is due at closing time.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
MICRO = timedelta(microseconds=1)
YEARS_AHEAD = 2
FURTHEST = 60

Weekly = tuple[tuple[tuple[str, str], ...], ...]


class NeverOpen(Exception):
    """The calendar has no hours within reach, so nothing is ever due on it."""


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of time in which the clock runs."""

    begin: datetime
    end: datetime

    @property
    def length(self) -> timedelta:
        """How long it is, in real time."""
        return self.end - self.begin


class Always:
    """A calendar that never closes."""

    def due(self, start: datetime, allowance: timedelta) -> datetime:
        """Return the instant at which the allowance is used up."""
        return start + allowance

    def opening(self, at: datetime) -> datetime:
        """Return the instant itself: it is open."""
        return at

    def spans(self, begin: datetime, end: datetime) -> list[Span]:
        """Return the open stretches between two instants: all of it."""
        return [Span(begin, end)] if begin < end else []


class Hours:
    """Weekly opening hours in a zone, as a table of open stretches with running totals.

    The table is looked up, so that the cost of a due time does not depend on its distance; it
    grows by years when an instant lies beyond it.
    """

    def __init__(self, zone: str, weekly: Weekly) -> None:
        self.zone = ZoneInfo(zone)
        self.weekly = weekly
        self._begins: list[int] = []
        self._ends: list[int] = []
        self._before: list[int] = []  # open microseconds before each stretch
        self._first = self._last = 0

    def due(self, start: datetime, allowance: timedelta) -> datetime:
        """Return the instant at which the allowance of open time is used up.

        Raises NeverOpen when the calendar has no hours.
        """
        if not allowance:
            return self.opening(start)
        self._reach(start)
        used = self._open_until((start - EPOCH) // MICRO)
        wanted = used + allowance // MICRO
        while not self._before or self._before[-1] + self._width(-1) < wanted:
            self._grow()
        row = bisect_left(self._before, wanted) - 1
        return EPOCH + (self._begins[row] + wanted - self._before[row]) * MICRO

    def opening(self, at: datetime) -> datetime:
        """Return the instant itself when open, else the next opening. Raises NeverOpen."""
        self._reach(at)
        return EPOCH + self._opening((at - EPOCH) // MICRO) * MICRO

    def spans(self, begin: datetime, end: datetime) -> list[Span]:
        """Return the open stretches between two instants, in order."""
        self._reach(begin)
        self._reach(end)
        first, last = (begin - EPOCH) // MICRO, (end - EPOCH) // MICRO
        row = max(bisect_right(self._begins, first) - 1, 0)
        found = []
        while row < len(self._begins) and self._begins[row] < last:
            opens, closes = max(self._begins[row], first), min(self._ends[row], last)
            if opens < closes:
                found.append(Span(EPOCH + opens * MICRO, EPOCH + closes * MICRO))
            row += 1
        return found

    def _width(self, row: int) -> int:
        return self._ends[row] - self._begins[row]

    def _open_until(self, at: int) -> int:
        row = bisect_right(self._begins, at) - 1
        if row < 0:
            return 0
        return self._before[row] + min(at - self._begins[row], self._width(row))

    def _opening(self, at: int) -> int:
        while True:
            row = bisect_right(self._ends, at)
            if row < len(self._begins):
                return max(self._begins[row], at)
            self._grow()

    def _reach(self, at: datetime) -> None:
        """Make the table cover the year of an instant and the years around it."""
        year = at.astimezone(UTC).year
        if self._first and self._first < year < self._last:
            return
        first = min(year - 1, self._first or year)
        last = max(year + YEARS_AHEAD, self._last)
        self._fill(first, last)

    def _grow(self) -> None:
        if self._last - self._first > FURTHEST or not any(self.weekly):
            raise NeverOpen(str(self.zone))
        self._fill(self._first, self._last + YEARS_AHEAD)

    def _fill(self, first: int, last: int) -> None:
        self._first, self._last = first, last
        self._begins, self._ends, self._before = [], [], []
        total = 0
        for begin, end in self._stretches(date(first, 1, 1), date(last, 12, 31)):
            if self._ends and begin <= self._ends[-1]:
                total += max(end - self._ends[-1], 0)
                self._ends[-1] = max(end, self._ends[-1])
                continue
            self._begins.append(begin)
            self._ends.append(end)
            self._before.append(total)
            total += end - begin

    def _stretches(self, first: date, last: date) -> Iterator[tuple[int, int]]:
        day = first
        while day <= last:
            for opens, closes in self.weekly[day.weekday()]:
                begin = _instant(day, opens, self.zone, fold=0)
                end = _instant(day, closes, self.zone, fold=1)
                if begin < end:
                    yield begin, end
            day += timedelta(days=1)


def _instant(day: date, words: str, zone: ZoneInfo, *, fold: int) -> int:
    """Return a wall time as microseconds since the epoch.

    An hour that comes twice opens at its first and closes at its second; an hour that is
    skipped stands for the instant at which the clocks went forward.
    """
    hour, minute = int(words[:2]), int(words[3:])
    if hour == 24:
        day, hour = day + timedelta(days=1), 0
    wall = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone, fold=fold)
    instant = wall.astimezone(UTC)
    if instant.astimezone(zone).replace(tzinfo=None) != wall.replace(tzinfo=None):
        instant = _change_after(wall.replace(fold=1).astimezone(UTC), zone)
    return (instant - EPOCH) // MICRO


def _change_after(before: datetime, zone: ZoneInfo) -> datetime:
    """Return the instant of the clock change within the three hours after an instant."""
    low, high = before - timedelta(hours=3), before + timedelta(hours=3)
    offset = low.astimezone(zone).utcoffset()
    while high - low > timedelta(seconds=1):
        middle = low + (high - low) / 2
        if middle.astimezone(zone).utcoffset() == offset:
            low = middle
        else:
            high = middle
    return high.replace(microsecond=0)

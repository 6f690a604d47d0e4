"""When a clock runs, and when an allowance of running time is used up, to the microsecond.

Elapsed time is counted in real seconds across a change of clocks. An allowance that is used up
exactly at closing time is due at closing time. Instants may come in any zone; they go in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import chain
from types import MappingProxyType
from zoneinfo import ZoneInfo

from answerable.sla.core import walls
from answerable.sla.core.table import EMPTY, MARGIN, Table, table_of
from answerable.sla.core.walls import MICRO, instant, micros

FURTHEST = 60
NOTHING = timedelta(0)

Day = tuple[tuple[str, str], ...]
Weekly = tuple[Day, ...]
NO_DATES: Mapping[date, Day] = MappingProxyType({})


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
        return start.astimezone(UTC) + allowance

    def opening(self, at: datetime) -> datetime:
        """Return the instant itself: it is open."""
        return at.astimezone(UTC)

    def spans(self, begin: datetime, end: datetime) -> list[Span]:
        """Return the open stretches between two instants: all of it."""
        return [Span(begin.astimezone(UTC), end.astimezone(UTC))] if begin < end else []

    def open_time(self, begin: datetime, end: datetime) -> timedelta:
        """Return the time between two instants, in real time; none when they are reversed."""
        return max(end.astimezone(UTC) - begin.astimezone(UTC), NOTHING)


class Hours:
    """Weekly opening hours in a zone. `dated` has the hours of particular dates, which stand in
    for their weekday's; none on a day off.

    The open stretches are a table that is looked up, so that the cost of a due time does not
    depend on its distance. A table that must reach further is made anew and put in place at
    once: many threads share a calendar.
    """

    def __init__(self, zone: str, weekly: Weekly, dated: Mapping[date, Day] = NO_DATES) -> None:
        self.zone = ZoneInfo(zone)
        self.weekly = weekly
        self.dated = dated
        self._table = EMPTY
        self._years: dict[int, list[tuple[int, int]]] = {}

    def due(self, start: datetime, allowance: timedelta) -> datetime:
        """Return the instant at which the allowance of open time is used up.

        An allowance of nothing is used up at the opening. Raises NeverOpen when the calendar
        has no hours.
        """
        if not allowance:
            return self.opening(start)
        at = micros(start)
        table = self._covering(at, at)
        wanted = table.open_until(at) + allowance // MICRO
        while table.total < wanted:
            table = self._further(table, at)
        return instant(table.used_up(wanted))

    def opening(self, at: datetime) -> datetime:
        """Return the instant itself when open, else the next opening. Raises NeverOpen."""
        number = micros(at)
        table = self._covering(number, number)
        while (found := table.opening(number)) is None:
            table = self._further(table, number)
        return instant(found)

    def spans(self, begin: datetime, end: datetime) -> list[Span]:
        """Return the open stretches between two instants, in order."""
        first, last = micros(begin), micros(end)
        found = self._covering(first, last).between(first, last)
        return [Span(instant(opens), instant(closes)) for opens, closes in found]

    def open_time(self, begin: datetime, end: datetime) -> timedelta:
        """Return how much is open between two instants; none when they are reversed."""
        first, last = micros(begin), micros(end)
        if last <= first:
            return NOTHING
        table = self._covering(first, last)
        return (table.open_until(last) - table.open_until(first)) * MICRO

    def _covering(self, first: int, last: int) -> Table:
        table = self._table
        if table.since <= first and last < table.until:
            return table
        years = instant(first - MARGIN).year, instant(last + MARGIN).year
        return self._make(min(years[0], table.first or years[0]), max(years[1], table.last))

    def _further(self, table: Table, at: int) -> Table:
        if table.last - instant(at).year > FURTHEST:
            raise NeverOpen(str(self.zone))
        return self._make(table.first, 2 * table.last - table.first + 1)

    def _make(self, first: int, last: int) -> Table:
        years = range(first, last + 1)
        self._table = table_of(first, last, chain.from_iterable(map(self._year, years)))
        return self._table

    def _year(self, year: int) -> list[tuple[int, int]]:
        if year not in self._years:
            self._years[year] = list(self._stretches(year))
        return self._years[year]

    def _stretches(self, year: int) -> Iterator[tuple[int, int]]:
        day = date(year, 1, 1)
        while day.year == year:
            for opening, closing in self.dated.get(day, self.weekly[day.weekday()]):
                begin = walls.opens(day, opening, self.zone)
                end = walls.closes(day, closing, self.zone)
                if begin < end:
                    yield micros(begin), micros(end)
            day += timedelta(days=1)

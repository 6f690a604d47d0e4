"""Due times and open time, looked up in a table of open stretches. Pure."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from answerable.sla.core.spans import NeverOpen, Span
from answerable.sla.core.table import EMPTY, MARGIN, Table, table_of
from answerable.sla.core.walls import MICRO, instant, micros

FURTHEST = 60
NOTHING = timedelta(0)


class Lookup(ABC):
    """A calendar that opens and closes.

    The open stretches are a table that is looked up, so that the cost of a due time does not
    depend on its distance. A table that must reach further is made anew and put in place at
    once: many threads share a calendar.
    """

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self._table = EMPTY
        self._years: dict[int, list[tuple[int, int]]] = {}

    @abstractmethod
    def stretches_of(self, year: int) -> Iterable[tuple[int, int]]:
        """Return the open stretches that begin in a local year, in microseconds since the
        epoch. They may overlap, and come in any order."""

    @abstractmethod
    def stretches_on(self, day: date) -> list[tuple[int, int]]:
        """Return the open stretches that belong to a date, in order."""

    @abstractmethod
    def working_day(self, at: datetime) -> date:
        """Return the date to which an open instant belongs."""

    @abstractmethod
    def has_hours(self, day: date) -> bool:
        """Say whether a date has hours by its weekday alone, be it a day off or not."""

    @abstractmethod
    def named_days(self, begin: datetime, end: datetime) -> list[tuple[date, str]]:
        """Return the days that differ and so closed something between two instants.

        With their names, "" for one that has none, in order.
        """

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
            self._years[year] = list(self.stretches_of(year))
        return self._years[year]

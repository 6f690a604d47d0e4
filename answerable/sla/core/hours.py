"""When a clock runs, and when an allowance of running time is used up, to the microsecond.

Elapsed time is counted in real seconds across a change of clocks. An allowance that is used up
exactly at closing time is due at closing time. Instants may come in any zone; they go in UTC.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from answerable.sla.core.lookup import NOTHING, Lookup
from answerable.sla.core.spans import NeverOpen, Span
from answerable.sla.core.walls import instant, micros
from answerable.sla.core.week import NO_DATES, ONE_DAY, Day, Week, Weekly

__all__ = ["Always", "Day", "Hours", "NeverOpen", "Span", "Weekly"]

NO_NAMES: Mapping[date, str] = MappingProxyType({})


class Always:
    """A calendar that never closes."""

    zone = ZoneInfo("UTC")

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

    def named_days(self, begin: datetime, end: datetime) -> list[tuple[date, str]]:
        """Return no days: none closes it."""
        return []

    def has_hours(self, day: date) -> bool:
        """Say that it opens on every day."""
        return True


class Hours(Lookup):
    """Weekly opening hours in a zone, with days that differ and weeks that follow (Week).

    `names` has what the days that differ are called.
    """

    def __init__(
        self,
        zone: str,
        weekly: Weekly,
        dated: Mapping[date, Day] = NO_DATES,
        later: Sequence[tuple[date, Weekly]] = (),
        names: Mapping[date, str] = NO_NAMES,
    ) -> None:
        super().__init__(ZoneInfo(zone))
        self._week = Week(self.zone, weekly, dated, later)
        self._names = names

    def stretches_of(self, year: int) -> Iterator[tuple[int, int]]:
        """Return the open stretches that begin in a local year."""
        return self._week.year(year)

    def stretches_on(self, day: date) -> list[tuple[int, int]]:
        """Return the open stretches that belong to a date, in order.

        A night shift belongs to the day on which it opens.
        """
        return sorted(self._week.stretches(day, self._week.hours(day)))

    def working_day(self, at: datetime) -> date:
        """Return the date to which an open instant belongs."""
        day, number = at.astimezone(self.zone).date(), micros(at)
        before = day - ONE_DAY
        is_night = any(begin <= number < end for begin, end in self.stretches_on(before))
        return before if is_night else day

    def has_hours(self, day: date) -> bool:
        """Say whether a date has hours by its weekday alone, be it a day off or not."""
        return bool(self._week.usual(day))

    def named_days(self, begin: datetime, end: datetime) -> list[tuple[date, str]]:
        """Return the days that differ and so closed something between two instants.

        With their names, "" for one that has none, in order.
        """
        return [(day, self._names.get(day, "")) for day in self._closing(begin, end)]

    def _closing(self, begin: datetime, end: datetime) -> Iterator[date]:
        first, last = begin.astimezone(self.zone).date(), end.astimezone(self.zone).date()
        for day in sorted(self._week.dated):
            if first - ONE_DAY <= day <= last and self._took(day, begin, end):
                yield day

    def _took(self, day: date, begin: datetime, end: datetime) -> bool:
        """Say whether hours of the weekday lie in this stretch, and are closed."""
        usual = self._week.stretches(day, self._week.usual(day))
        parts = [(max(micros(begin), opens), min(micros(end), shut)) for opens, shut in usual]
        return any(self._is_closed_in(instant(opens), instant(shut)) for opens, shut in parts)

    def _is_closed_in(self, begin: datetime, end: datetime) -> bool:
        return begin < end and self.open_time(begin, end) < end - begin

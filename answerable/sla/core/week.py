"""The hours of each date: the week in force, and the days that differ. Pure."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from zoneinfo import ZoneInfo

from answerable.sla.core import walls

Day = tuple[tuple[str, str], ...]
Weekly = tuple[Day, ...]
NO_DATES: Mapping[date, Day] = MappingProxyType({})
ONE_DAY = timedelta(days=1)


class Week:
    """Weekly hours in a zone; from the dates of `later` on, other weekly hours.

    `dated` has the hours of particular dates, which stand in for their weekday's; none on a
    day off. An interval that ends before it begins goes on into the next day, be that a day
    off: it belongs to the day on which it opens.
    """

    def __init__(
        self,
        zone: ZoneInfo,
        weekly: Weekly,
        dated: Mapping[date, Day] = NO_DATES,
        later: Sequence[tuple[date, Weekly]] = (),
    ) -> None:
        self.zone = zone
        self.dated = dated
        self._since = [since for since, _ in later]
        self._weeks = [weekly, *(week for _, week in later)]

    def usual(self, day: date) -> Day:
        """Return the hours that a date has by its weekday alone."""
        return self._weeks[bisect_right(self._since, day)][day.weekday()]

    def hours(self, day: date) -> Day:
        """Return the hours of a date."""
        found = self.dated.get(day)
        return self.usual(day) if found is None else found

    def stretches(self, day: date, hours: Day) -> Iterator[tuple[int, int]]:
        """Return hours on a date as stretches in microseconds since the epoch.

        What a change of clocks skips altogether is none.
        """
        for opening, closing in hours:
            last = day + ONE_DAY if closing < opening else day
            begin = walls.opens(day, opening, self.zone)
            end = walls.closes(last, closing, self.zone)
            if begin < end:
                yield walls.micros(begin), walls.micros(end)

    def year(self, year: int) -> Iterator[tuple[int, int]]:
        """Return the stretches of all days of a local year."""
        day = date(year, 1, 1)
        while day.year == year:
            yield from self.stretches(day, self.hours(day))
            day += ONE_DAY

"""Follow the sun: open whenever one of several calendars is. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from itertools import chain
from zoneinfo import ZoneInfo

from answerable.sla.core import walls
from answerable.sla.core.lookup import Lookup
from answerable.sla.core.week import ONE_DAY


class Union(Lookup):
    """Several calendars as one. What is a day of it depends on its own zone."""

    def __init__(self, zone: str, parts: Sequence[Lookup]) -> None:
        super().__init__(ZoneInfo(zone))
        self.parts = parts

    def stretches_of(self, year: int) -> Iterator[tuple[int, int]]:
        """Return the stretches of all, each of the year of its own zone.

        The table knows nothing of a year's first and last days, so zones do no harm.
        """
        return chain.from_iterable(part.stretches_of(year) for part in self.parts)

    def stretches_on(self, day: date) -> list[tuple[int, int]]:
        """Return the open stretches from midnight to midnight, in order."""
        begin, end = (
            walls.opens(midnight, "00:00", self.zone) for midnight in (day, day + ONE_DAY)
        )
        found = self.spans(begin, end)
        return [(walls.micros(span.begin), walls.micros(span.end)) for span in found]

    def working_day(self, at: datetime) -> date:
        """Return the date to which an open instant belongs."""
        return at.astimezone(self.zone).date()

    def has_hours(self, day: date) -> bool:
        """Say whether one of them has hours on a date by its weekday alone."""
        return any(part.has_hours(day) for part in self.parts)

    def named_days(self, begin: datetime, end: datetime) -> list[tuple[date, str]]:
        """Return the days that differ and so closed something between two instants, of all."""
        found = chain.from_iterable(part.named_days(begin, end) for part in self.parts)
        return sorted(set(found))

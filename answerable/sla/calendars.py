"""The calendars of plans, built once a process: their tables are worth keeping."""

from __future__ import annotations

from functools import cache

from answerable.entitlements.core.calendars import CalendarTerms
from answerable.sla.core.days import Calendar
from answerable.sla.core.hours import Always, Hours
from answerable.sla.core.lookup import Lookup
from answerable.sla.core.union import Union

__all__ = ["Calendar", "calendar_of"]


@cache
def calendar_of(terms: CalendarTerms) -> Calendar:
    """Return the calendar that a plan describes."""
    if terms.always:
        return Always()
    if not terms.union:
        return _hours(terms)
    parts = [calendar_of(part) for part in terms.union]
    looked_up = [part for part in parts if isinstance(part, Lookup)]
    return Union(terms.zone, looked_up) if len(looked_up) == len(parts) else Always()


def _hours(terms: CalendarTerms) -> Hours:
    special = terms.special_days()
    return Hours(
        terms.zone,
        terms.weekly,
        {on: day.hours for on, day in special.items()},
        [(week.on, week.weekly) for week in terms.later],
        {on: day.name for on, day in special.items() if day.name},
    )

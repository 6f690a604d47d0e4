"""The calendars of plans, built once a process: their tables are worth keeping."""

from __future__ import annotations

from functools import cache

from answerable.entitlements.core.plan import CalendarTerms
from answerable.sla.core.hours import Always, Hours

Calendar = Always | Hours


@cache
def calendar_of(terms: CalendarTerms) -> Calendar:
    """Return the calendar that a plan describes."""
    return Always() if terms.always else Hours(terms.zone, terms.weekly)

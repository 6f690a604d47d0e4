"""Allowances with days in them: 24 hours, or working days. Pure.

A day of office hours needs nothing here: it is 24 hours of open time.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

from answerable.entitlements.core.allowance import Allowance, Basis
from answerable.sla.core import walls
from answerable.sla.core.hours import Always
from answerable.sla.core.lookup import Lookup
from answerable.sla.core.spans import NeverOpen
from answerable.sla.core.week import ONE_DAY

Calendar = Always | Lookup
FURTHEST = 5 * 366


def due_after(calendar: Calendar, start: datetime, allowance: Allowance) -> datetime:
    """Return the instant at which an allowance is used up, in UTC.

    Days of 24 hours are real time from the start, whatever the hours. Business days come
    first, and the length beside them is open time after them. Raises NeverOpen.
    """
    if not allowance.days:
        return calendar.due(start, allowance.length)
    if allowance.basis == Basis.ELAPSED:
        return start.astimezone(UTC) + allowance.nominal
    reached = _after_days(calendar, start, allowance.days)
    return calendar.due(reached, allowance.length) if allowance.length else reached


def _after_days(calendar: Calendar, start: datetime, days: int) -> datetime:
    """Return the same wall time some working days later, where that day is open then.

    From outside the hours it counts from the next opening. Where the day closes earlier, it is
    that closing (before a break, the break's beginning); where it opens later, that opening. So
    a later start is never due earlier. A calendar that never closes has days of 24 hours.
    """
    if isinstance(calendar, Always):
        return start.astimezone(UTC) + days * ONE_DAY
    begun = calendar.opening(start)
    first = calendar.working_day(begun)
    last = _working_day_after(calendar, first, days)
    wall = walls.furthest(begun, calendar.zone) + (last - first)
    return _within(calendar.stretches_on(last), walls.first(wall, calendar.zone))


def _working_day_after(calendar: Lookup, day: date, days: int) -> date:
    """Return the working day that comes this many after a date: a day that has any hours."""
    left, seen = days, 0
    while left:
        day += ONE_DAY
        is_working = bool(calendar.stretches_on(day))
        left -= is_working
        seen = 0 if is_working else seen + 1
        if seen > FURTHEST:
            raise NeverOpen(str(calendar.zone))
    return day


def _within(stretches: list[tuple[int, int]], at: datetime) -> datetime:
    """Return an instant within the stretches of a day: itself, or the one to move it to."""
    number = walls.micros(at)
    reached = stretches[0][0]
    for begin, end in stretches:
        if number < begin:
            break
        reached = min(number, end)
    return walls.instant(reached)

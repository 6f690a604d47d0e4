"""The periods in which promises are counted: months, fiscal quarters, terms. Pure.

Months and quarters begin at midnight in the vendor's zone. Instants are UTC.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo

MONTHS = 12
QUARTER = 3
FISCAL_QUARTER, TERM = "quarter", "term"
SATURDAY = 5


@dataclass(frozen=True, slots=True)
class Period:
    """From one instant up to another, which is not in it; None where there is no end."""

    begin: datetime
    end: datetime | None

    def __contains__(self, instant: datetime) -> bool:
        """Say whether an instant lies in it."""
        return self.begin <= instant and (self.end is None or instant < self.end)

    def is_over(self, at: datetime) -> bool:
        """Say whether it has ended by an instant."""
        return self.end is not None and self.end <= at


def month_of(instant: datetime, zone: tzinfo) -> Period:
    """Return the calendar month of an instant."""
    local = instant.astimezone(zone)
    return month(local.year, local.month, zone)


def month(year: int, number: int, zone: tzinfo) -> Period:
    """Return a calendar month; its number may run past December, or below January."""
    return Period(_first(year, number, zone), _first(year, number + 1, zone))


def quarter_of(instant: datetime, zone: tzinfo, fiscal_start: int) -> Period:
    """Return the fiscal quarter of an instant; `fiscal_start` is the month of a first one."""
    local = instant.astimezone(zone)
    begun = (local.month - fiscal_start) % QUARTER
    first = local.month - begun
    return Period(_first(local.year, first, zone), _first(local.year, first + QUARTER, zone))


def month_named(name: str) -> tuple[int, int] | None:
    """Return the year and the number of “2025-10”, or None for anything else."""
    found = re.fullmatch(r"(20\d\d)-(0[1-9]|1[0-2])", name, re.ASCII)
    return (int(found[1]), int(found[2])) if found else None


def after(instant: datetime, length: timedelta, zone: tzinfo) -> datetime:
    """Return the instant so many days later by the calendar on the wall."""
    return (instant.astimezone(zone) + length).astimezone(UTC)


def working_day(period: Period, number: int, zone: tzinfo) -> datetime:
    """Return the midnight that begins the first, second … working day after a period.

    Working days are Monday to Friday. Raises ValueError for a period without an end.
    """
    if period.end is None:
        raise ValueError("A period without an end has no day after it.")
    day = period.end
    while True:
        number -= day.astimezone(zone).weekday() < SATURDAY
        if not number:
            return day
        day = after(day, timedelta(days=1), zone)


def _first(year: int, number: int, zone: tzinfo) -> datetime:
    """Return the midnight with which a month begins.

    Where clocks skip that midnight, it is the instant at which they do.
    """
    years, number = divmod(number - 1, MONTHS)
    return datetime(year + years, number + 1, 1, tzinfo=zone).astimezone(UTC)

"""The calendars of a plan as values: weeks, days off, unions. Pure.

What a document may say stands in docs/promises.md. Times of day are wall times "HH:MM" of the
calendar's zone. An interval that ends at or before its beginning goes on into the next day; it
belongs to the day on which it opens.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date

Day = tuple[tuple[str, str], ...]
Weekly = tuple[Day, ...]

CLOSED: Weekly = ((),) * 7


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day with hours of its own; none when it is closed.

    `is_own` says that somebody wrote this day into the plan: other days come from a country's
    holidays, from iCalendar, or from a rule for every year.
    """

    on: date
    hours: Day = ()
    name: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class HolidaySet:
    """A named set of special days. After `until` its holidays are not known; None: no end."""

    key: str
    days: tuple[SpecialDay, ...]
    until: date | None = None


@dataclass(frozen=True, slots=True)
class LaterWeek:
    """The week from a date on, which is a local date of the calendar's zone."""

    on: date
    weekly: Weekly


@dataclass(frozen=True, slots=True)
class CalendarTerms:
    """When a clock runs: always, in weekly hours of a zone, or whenever one of a union does.

    `weekly` is the first week; each of `later`, in order, takes over on its date. Of two sets
    that name the same day, the later in `holidays` decides.
    """

    key: str
    name: str
    zone: str
    always: bool
    weekly: Weekly
    # These may be long, and a calendar is a key of a cache: equality has the last word.
    later: tuple[LaterWeek, ...] = field(default=(), hash=False)
    holidays: tuple[HolidaySet, ...] = field(default=(), hash=False)
    union: tuple[CalendarTerms, ...] = field(default=(), hash=False)

    def week(self, on: date) -> Weekly:
        """Return the week that is in force on a local date."""
        begun = [later.weekly for later in self.later if later.on <= on]
        return begun[-1] if begun else self.weekly

    def special_days(self) -> dict[date, SpecialDay]:
        """Return the days that differ from the week, by date."""
        return {day.on: day for holidays in self.holidays for day in holidays.days}

    @property
    def is_ever_open(self) -> bool:
        """Whether it goes on to open: the week that comes last has hours."""
        last = self.later[-1].weekly if self.later else self.weekly
        return self.always or any(last) or any(part.is_ever_open for part in self.union)


def covers_until(terms: CalendarTerms) -> date | None:
    """Return the last date for which all holidays of a calendar are known; None: no end.

    Beyond it, due times count holidays as working days.
    """
    known = [holidays.until for holidays in terms.holidays if holidays.until]
    known += [until for part in terms.union if (until := covers_until(part))]
    return min(known, default=None)


def past_days(terms: CalendarTerms, today: date) -> list[tuple[str, SpecialDay]]:
    """Return the days that the plan itself names and that are over, with the key of their set.

    Nothing can come of them: they are mistakes in writing a date.
    """
    return list(dict.fromkeys(_past(terms, today)))


def _past(terms: CalendarTerms, today: date) -> Iterator[tuple[str, SpecialDay]]:
    for holidays in terms.holidays:
        for day in holidays.days:
            if day.is_own and day.on < today:
                yield holidays.key, day
    for part in terms.union:
        yield from _past(part, today)

"""The calendars of a plan as a page shows them: hours as a picture and a table, days off."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.entitlements.core.calendars import (
    CalendarTerms,
    Day,
    SpecialDay,
    covers_until,
)
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.words import days_that_end, missing_holidays
from answerable.lib import times
from answerable.office.strip import BAR, ROW, Bar, bars, weeks_of
from answerable.sla.words import said

DASH = "\N{EN DASH}"


@dataclass(frozen=True, slots=True)
class DayOff:
    """A day that differs from its weekday's hours."""

    on: str
    name: str
    hours: str


@dataclass(frozen=True, slots=True)
class CalendarPart:
    """A calendar: its week as bars and as words, and its days off from today on."""

    key: str
    name: str
    city: str
    always: bool
    bars: list[Bar]
    labels: list[tuple[str, int]]
    days: list[tuple[str, str]]
    off: list[DayOff]
    missing: str
    missing_year: int
    ending: list[str]
    union: list[str]


def calendars_of(terms: Terms, at: datetime) -> list[CalendarPart]:
    """Return the calendars of a plan, each with its week as it is at an instant."""
    return [_part(calendar, at) for calendar in terms.calendars.values()]


def hours_of(day: Day) -> str:
    """Return “08:00 to 12:00, 13:00 to 17:00”, or that it is closed."""
    spans = [f"{opens}{DASH}{closes}" for opens, closes in day]
    return ", ".join(spans) or _("closed")


def _part(terms: CalendarTerms, at: datetime) -> CalendarPart:
    zone = ZoneInfo(terms.zone)
    today = at.astimezone(zone).date()
    weekly = weeks_of(terms, terms.week(today))
    names = times.names()["weekdays"]
    drawn = bars(weekly) if not terms.union else _of_union(terms, at)
    return CalendarPart(
        key=terms.key,
        name=capfirst(said(terms.name)),
        city=times.city(zone),
        always=terms.always,
        bars=drawn,
        labels=[(name, number * ROW + BAR) for number, name in enumerate(names)],
        days=[] if terms.union else _days(names, weekly),
        off=[_off(day) for day in _coming(terms, today)],
        missing=missing_holidays(terms, today),
        missing_year=_year_after(covers_until(terms)),
        ending=list(days_that_end(terms, today)),
        union=[capfirst(said(part.name)) for part in terms.union],
    )


def _year_after(until: date | None) -> int:
    return until.year + 1 if until else 0


def _of_union(terms: CalendarTerms, at: datetime) -> list[Bar]:
    """Return the bars of each calendar of a union, as each zone has them."""
    return [bar for part in terms.union for bar in _part(part, at).bars]


def _days(names: list[str], weekly: tuple[Day, ...]) -> list[tuple[str, str]]:
    return [(name, hours_of(day)) for name, day in zip(names, weekly, strict=True)]


def _coming(terms: CalendarTerms, today: date) -> Iterator[SpecialDay]:
    special = terms.special_days()
    for on in sorted(special):
        if on >= today:
            yield special[on]


def _off(day: SpecialDay) -> DayOff:
    on = dateformat.format(day.on, _("D j M Y"))
    return DayOff(on, said(day.name) or _("day off"), hours_of(day.hours))

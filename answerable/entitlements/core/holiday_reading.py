"""Reads the days off of a plan's document. Pure.

The dates of a country, a feed or a rule for every year were filled into the document when the
plan was published (entitlements/holiday_sets.py): nothing here can change with time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from answerable.entitlements.core.calendar_reading import (
    listed,
    placed,
    single,
    wrong,
)
from answerable.entitlements.core.calendars import HolidaySet, SpecialDay
from answerable.entitlements.core.places import LONGEST
from answerable.entitlements.core.rows import Row
from answerable.entitlements.core.times_of_day import day_of, read_date, read_interval

EVERY_YEAR = re.compile(r"\d\d-\d\d", re.ASCII)
# Where days come from, and how long its words may be.
SOURCES = {"country": 200, "ical": 2_000_000} | LONGEST
LONGEST_RANGE = 366
A_LEAP_YEAR = 2024


def read_holidays(key: str, row: Row) -> HolidaySet:
    """Return a set of days off. On the same date its own days come before those from elsewhere.

    Raises PlanError, also when it names a source whose dates were not filled in.
    """
    found = {day.on: day for each in row.rows("dates") for day in _special(each, is_own=False)}
    own: dict[date, SpecialDay] = {}
    every_year = False
    for each in row.rows("days"):
        every_year = every_year or is_every_year(each.text("on"))
        for day in _special(each, is_own=True):
            if day.on in own:
                raise wrong(each, f"{day.on} is there twice. Leave one of them out.", "on")
            own[day.on] = day
    until = _until(row, every_year=every_year)
    return HolidaySet(key, tuple((found | own).values()), until)


def is_every_year(words: str) -> bool:
    """Return whether a date is one of every year, such as "12-24"."""
    return bool(EVERY_YEAR.fullmatch(words))


def read_every_year(words: str) -> date:
    """Return a date of every year as that of a leap year. Raises PlanError for no date."""
    return read_date(f"{A_LEAP_YEAR}-{words}")


def _special(row: Row, *, is_own: bool) -> Iterator[SpecialDay]:
    """Return the days of an entry; none for every year: such days stand among the dates."""
    name = row.text_or_none("name") or ""
    intervals = listed(row, "hours", read_interval)
    with placed(row, "hours"):
        hours = day_of(intervals)
    if is_own and is_every_year(row.text("on")):
        single(row, "on", read_every_year)
        row.text_or_none("until")
    else:
        for on in _range(row):
            yield SpecialDay(on, hours, name, is_own)
    row.end()


def _range(row: Row) -> list[date]:
    first = single(row, "on", read_date)
    last = single(row, "until", read_date) if "until" in row.names() else first
    days = (last - first).days + 1
    if not 0 < days <= LONGEST_RANGE:
        words = f"'until' must be a date from {first} on, at most {LONGEST_RANGE} days later."
        raise wrong(row, words, "until")
    return [date.fromordinal(first.toordinal() + number) for number in range(days)]


def _until(row: Row, *, every_year: bool) -> date | None:
    """Return the last date for which the days from elsewhere are known, None without any."""
    given = [source for source in SOURCES if source in row.names()]
    for source in given:
        row.text(source, most=SOURCES[source])
    for option in ("region", "language"):
        row.text_or_none(option)
    row.yes("observed")
    resolved = row.row("resolved")
    if not given and not every_year:
        return None
    if "resolved" not in row.names():
        raise row.wrong("Its dates are not filled in. Publishing the plan does that.")
    return single(resolved, "until", read_date)

"""What an administrator is told about a plan's calendars, in the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _

from answerable.entitlements.core.calendars import CalendarTerms, covers_until

ONE_YEAR = timedelta(days=365)
OCTOBER = 10


def missing_holidays(calendar: CalendarTerms, today: date) -> str:
    """Return “Holidays for 2026 are missing. …”, or nothing while a year of them is known."""
    until = covers_until(calendar)
    if until is None or until >= today + ONE_YEAR:
        return ""
    return _(
        "Holidays for {year} are missing. Due times after {day} count them as working days."
    ).format(year=until.year + 1, day=dateformat.format(until, _("j F")))


def days_that_end(calendar: CalendarTerms, today: date) -> Iterator[str]:
    """Yield “No day off of “ours” is named for 2027.” for sets that end with this year.

    It is said from October on: who writes days by hand writes next year's in autumn.
    """
    for holidays in calendar.holidays if today.month >= OCTOBER else ():
        last = max((day.on for day in holidays.days), default=None)
        if holidays.until is None and last and last.year == today.year:
            words = _("No day off of “{name}” is named for {year}.")
            yield words.format(name=holidays.key, year=today.year + 1)

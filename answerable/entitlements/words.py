"""What an administrator is told about a plan's calendars, in the reader's language."""

from __future__ import annotations

from datetime import date, timedelta

from django.utils import dateformat
from django.utils.translation import gettext as _

from answerable.entitlements.core.calendars import CalendarTerms, covers_until

ONE_YEAR = timedelta(days=365)


def missing_holidays(calendar: CalendarTerms, today: date) -> str:
    """Return “Holidays for 2026 are missing. …”, or nothing while a year of them is known."""
    until = covers_until(calendar)
    if until is None or until >= today + ONE_YEAR:
        return ""
    return _(
        "Holidays for {year} are missing. Due times after {day} count them as working days."
    ).format(year=until.year + 1, day=dateformat.format(until, _("j F")))

"""The cases of a preview in words. Pure but for the reader's language."""

from __future__ import annotations

from datetime import datetime

from django.utils import dateformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.lib import times
from answerable.sla.preview import Case, Kind

PATTERNS = {
    Kind.CLOSING: gettext_lazy("At closing time, {time}"),
    Kind.BEFORE_CLOSING: gettext_lazy("Shortly before closing, {time}"),
    Kind.BEFORE_OPENING: gettext_lazy("One minute before opening, {time}"),
    Kind.BREAK: gettext_lazy("In the break, {time}"),
    Kind.DAY_OFF: gettext_lazy("Before a day off, {time}"),
    Kind.CLOCKS_FORWARD: gettext_lazy("Before clocks go forward, {time}"),
    Kind.CLOCKS_BACK: gettext_lazy("Before clocks go back, {time}"),
    Kind.LEAP_DAY: gettext_lazy("Before 29 February, {time}"),
    Kind.EAST: gettext_lazy("From {city}, {time} there"),
    Kind.WEST: gettext_lazy("From {city}, {time} there"),
}


def case_words(case: Case) -> str:
    """Return “At closing time, Fri 6 Mar 2026 17:00”."""
    zone = case.start.tzinfo
    city = times.city(zone) if zone else ""
    return str(PATTERNS[case.kind]).format(time=moment_words(case.start), city=city)


def due_words(due_at: datetime | None) -> str:
    """Return “Mon 9 Mar 2026 08:45”, with its offset where that time comes twice, or a dash."""
    return moment_words(due_at) if due_at else "\N{EN DASH}"


def moment_words(moment: datetime) -> str:
    """Return a wall time with its day; with its offset where it comes twice."""
    zone = moment.tzinfo
    clock = times.clock_time(moment, zone) if zone else f"{moment:%H:%M}"
    day = dateformat.format(moment, _("D j M Y"))
    return f"{day} {clock}"

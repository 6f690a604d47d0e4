"""The weekly hours of a plan's calendars as cells: a day, or Monday to Friday in one. Pure.

A cell without hours is closed. Calendars that are written in another way have none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.findings import PlanRefused
from answerable.entitlements.core.rewriting import with_list
from answerable.entitlements.core.times_of_day import DAYS, read_interval
from answerable.entitlements.core.wrong import PlanError

WORKING = "mon-fri"
OTHER_WAYS = ("always", "open", "union", "from")
STRETCH = re.compile(
    r"(\d{1,2})(?:[:.](\d\d))?\s*[-\u2013\u2014]\s*(\d{1,2})(?:[:.](\d\d))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True)
class HourCell:
    """The hours of a calendar on one day, or on each of several that are alike.

    `differ` says that the days are not alike: then there are no words for all of them.
    """

    calendar: str
    day: str
    words: str
    differ: bool = False

    @property
    def key(self) -> str:
        """What forms call it; no target is called so, for it has a dot."""
        return f"{self.calendar}.{self.day}"


@dataclass(frozen=True, slots=True)
class Changed:
    """A text with a cell's words in it; none where they could not be read."""

    text: str = ""

    @property
    def is_read(self) -> bool:
        """Whether the words could be read."""
        return bool(self.text)


def hour_cells(text: str) -> list[HourCell]:
    """Return the cells of each calendar that is written as a week; of what is no TOML, none.

    Working days in one come first, then the weekend, then each working day.
    """
    try:
        calendars = read_document(text).get("calendars", {})
    except PlanRefused:
        return []
    rows = calendars.items() if isinstance(calendars, Mapping) else ()
    return [cell for key, row in rows if _is_week(row) for cell in _cells(key, row)]


def with_hours(text: str, key: str, words: str) -> Changed | None:
    """Return the text with other hours in a cell; None where it has no such cell."""
    cell = next((one for one in hour_cells(text) if one.key == key), None)
    if cell is None:
        return None
    try:
        hours = _read(words)
        for day in DAYS[:5] if cell.day == WORKING else (cell.day,):
            text = with_list(text, ("calendars", cell.calendar, day), hours)
    except (PlanError, KeyError):
        return Changed()
    return Changed(text)


def _is_week(row: object) -> bool:
    return isinstance(row, Mapping) and not any(way in row for way in OTHER_WAYS)


def _cells(key: str, row: Mapping[str, object]) -> Iterator[HourCell]:
    days = {day: _words(row.get(day)) for day in DAYS}
    working = {days[day] for day in DAYS[:5]}
    differ = len(working) > 1
    yield HourCell(key, WORKING, "" if differ else working.pop(), differ)
    for day in (*DAYS[5:], *DAYS[:5]):
        yield HourCell(key, day, days[day])


def _words(hours: object) -> str:
    return ", ".join(map(str, hours)) if isinstance(hours, list) else str(hours or "")


def _read(words: str) -> list[str]:
    parts = [part.strip() for part in re.split("[,;]", words) if part.strip()]
    return [_interval(part) for part in parts]


def _interval(words: str) -> str:
    """Return “9-17” as 09:00-17:00. Raises PlanError for what is no interval."""
    if found := STRETCH.fullmatch(words):
        begin, minute, end, last = found.groups(default="00")
        words = f"{int(begin):02}:{minute}-{int(end):02}:{last}"
    read_interval(words)
    return words

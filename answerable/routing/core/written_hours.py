"""Reads the hours of a day as people write them: “9-12, 13:00-17:30”, “18-8”. Pure."""

from __future__ import annotations

import re
from datetime import time
from itertools import pairwise

Hours = tuple[tuple[time, time], ...]
STRETCH = re.compile(
    r"(?P<opens>\d{1,2})(?::(?P<opens_min>\d{2}))?\s*[-\u2013\u2014]\s*"
    r"(?P<closes>\d{1,2})(?::(?P<closes_min>\d{2}))?"
)
MIDNIGHT, DAY = time(0), 24


class Unreadable(ValueError):
    """These are no hours; the words say which."""


class Overlap(ValueError):
    """Two stretches of a day overlap; the words name both."""


def read_hours(written: str, *, over_midnight: bool = False) -> Hours:
    """Return the stretches of a day in order, each from its begin to its end.

    An end of midnight stands for the end of the day; where hours may go on over midnight, an
    earlier end is one of the next day. Raises Unreadable and Overlap.
    """
    parts = [part.strip() for part in re.split(r"[,;]", written) if part.strip()]
    read = [_stretch(part, over_midnight=over_midnight) for part in parts]
    stretches = sorted(read, key=lambda stretch: stretch[0])
    for (opens, closes), (next_opens, next_closes) in pairwise(stretches):
        if closes <= opens or next_opens < closes:
            raise Overlap(f"{_text(opens, closes)}, {_text(next_opens, next_closes)}")
    return tuple(stretches)


def hours_text(hours: Hours) -> str:
    """Return hours as they are kept: “09:00-12:00, 13:00-17:30”, “18:00-24:00”."""
    return ", ".join(_text(opens, closes) for opens, closes in hours)


def _stretch(written: str, *, over_midnight: bool) -> tuple[time, time]:
    found = STRETCH.fullmatch(written)
    if found is None:
        raise Unreadable(written)
    opens = _time(found["opens"], found["opens_min"], written)
    closes = _time(found["closes"], found["closes_min"], written)
    is_read = opens < closes or (over_midnight and opens > closes)
    if opens == DAY * 60 or not is_read:
        raise Unreadable(written)
    return time(*divmod(opens, 60)), time(*divmod(closes % (DAY * 60), 60))


def _time(hour: str, minute: str | None, written: str) -> int:
    """Return minutes since midnight, 24:00 among them."""
    minutes = int(hour) * 60 + int(minute or 0)
    if int(minute or 0) > 59 or minutes > DAY * 60:
        raise Unreadable(written)
    return minutes


def _text(opens: time, closes: time) -> str:
    end = "24:00" if closes == MIDNIGHT else f"{closes:%H:%M}"
    return f"{opens:%H:%M}-{end}"

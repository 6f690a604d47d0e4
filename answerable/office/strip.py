"""A calendar's week as a picture: where its open hours lie, as shares of a drawing. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from answerable.entitlements.core.calendars import CLOSED, CalendarTerms, Weekly

HOURS = 24
MINUTES = HOURS * 60
WIDTH = 480  # of the drawing: 20 for an hour
ROW, BAR = 16, 12
ALL_DAY: Weekly = ((("00:00", "24:00"),),) * 7


@dataclass(frozen=True, slots=True)
class Bar:
    """An open stretch of a day: where it begins, and how wide it is."""

    x: float
    y: int
    width: float
    height: int = BAR


def bars(weekly: Weekly) -> list[Bar]:
    """Return the open stretches of a week as bars: a row for each day, midnight to midnight.

    What goes on after midnight is drawn on the next day.
    """
    return [
        Bar(_x(begin), day * ROW + (ROW - BAR) // 2, _x(end - begin))
        for number, hours in enumerate(weekly)
        for opens, closes in hours
        for day, begin, end in _on_days(number, _minutes(opens), _minutes(closes))
    ]


def weeks_of(terms: CalendarTerms, weekly: Weekly) -> Weekly:
    """Return the hours to draw: all day where a calendar never closes."""
    return ALL_DAY if terms.always else weekly or CLOSED


def _on_days(day: int, begin: int, end: int) -> Iterator[tuple[int, int, int]]:
    if end > begin:
        yield day, begin, end
        return
    yield day, begin, MINUTES
    if end:
        yield (day + 1) % 7, 0, end


def _minutes(time: str) -> int:
    hours, minutes = time.split(":")
    return int(hours) * 60 + int(minutes)


def _x(minutes: int) -> float:
    return minutes * WIDTH / MINUTES

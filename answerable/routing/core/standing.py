"""When a rota stands: weekly hours on the wall of a zone, between instants. Pure.

A span is wall time, by the law of calendars (sla/core/walls.py): of an hour that comes twice a
span has both, and what a change of clocks skips altogether is none. Spans that meet or overlap
are one. Without hours a rota stands around the clock.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from answerable.sla.core import walls
from answerable.sla.core.week import Week, Weekly

A_DAY = timedelta(days=1)
# So many days are looked at around a week: a span that clocks skip comes a week later.
AROUND = 14


def week_of(texts: Sequence[str]) -> Weekly:
    """Return the hours of a week from the texts of its days, as core/written_hours.py keeps
    them: “18:00-08:00” ends on the next day."""
    return tuple(
        tuple((part[:5], part[6:]) for part in text.split(", ") if part) for text in texts
    )


def texts_of(weekly: Weekly) -> list[str]:
    """Return the texts of which a week was made."""
    return [", ".join(f"{opens}-{closes}" for opens, closes in day) for day in weekly]


def holds(weekly: Weekly, zone: str, at: datetime) -> bool:
    """Say whether an instant lies in the hours."""
    return not weekly or bisect_right(_edges(weekly, zone, _monday(at, zone)), at) % 2 == 1


def edge_after(weekly: Weekly, zone: str, at: datetime) -> datetime | None:
    """Return the next instant at which the hours begin or end; None where they never do."""
    if not weekly:
        return None
    monday = _monday(at, zone)
    edges = _edges(weekly, zone, monday)
    number = bisect_right(edges, at)
    last = _midnight(monday + (AROUND + 7) * A_DAY, zone)
    return edges[number] if number < len(edges) and edges[number] < last else None


def edge_before(weekly: Weekly, zone: str, at: datetime) -> datetime | None:
    """Return when the hours began or ended last, at an instant at the latest; None where they
    never do."""
    if not weekly:
        return None
    monday = _monday(at, zone)
    edges = _edges(weekly, zone, monday)
    number = bisect_right(edges, at)
    first = _midnight(monday - AROUND * A_DAY, zone)
    return edges[number - 1] if number and edges[number - 1] >= first else None


def _monday(at: datetime, zone: str) -> date:
    day = at.astimezone(ZoneInfo(zone)).date()
    return day - day.weekday() * A_DAY


def _midnight(day: date, zone: str) -> datetime:
    return walls.first(datetime.combine(day, time()), ZoneInfo(zone))


@lru_cache(maxsize=1024)
def _edges(weekly: Weekly, zone: str, monday: date) -> tuple[datetime, ...]:
    """Return the begins and ends of the spans around a week, in turn, a day more on both sides:
    what lies at the very edge is cut, and nobody's begin or end."""
    week = Week(ZoneInfo(zone), weekly)
    days = [monday + number * A_DAY for number in range(-AROUND - 1, AROUND + 9)]
    edges: list[int] = []
    for begin, end in sorted(
        span for day in days for span in week.stretches(day, week.usual(day))
    ):
        if edges and begin <= edges[-1]:
            edges[-1] = max(edges[-1], end)
        else:
            edges += (begin, end)
    return tuple(walls.instant(number).astimezone(UTC) for number in edges)

"""The hours in which an agent is offered work, as people write them. Pure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time

SPAN = re.compile(r"(\d{1,2}):(\d{2})\s*[-\N{EN DASH}]\s*(\d{1,2}):(\d{2})")
MINUTES = 60
DAY = 24 * MINUTES
Span = tuple[int, int]


def spans_of(hours: str) -> tuple[Span, ...]:
    """Return the spans of a day, in minutes from midnight: "08:00-12:00, 13:00-17:00".

    Nothing written is no span. Raises ValueError for what cannot be read, ends before it
    begins, or overlaps what stands before it.
    """
    spans = tuple(_span(part.strip()) for part in hours.split(",") if part.strip())
    ends = 0
    for begin, end in spans:
        if not ends <= begin < end <= DAY:
            raise ValueError(hours)
        ends = end
    return spans


def is_within(week: Sequence[str], wall: datetime) -> bool:
    """Say whether a wall time of the agent's zone lies in the hours of their week.

    `week` has a text for each day, Monday first; an empty one means always.
    """
    if not week:
        return True
    now = _minutes(wall.time())
    return any(begin <= now < end for begin, end in spans_of(week[wall.weekday()]))


def _span(part: str) -> Span:
    found = SPAN.fullmatch(part)
    if found is None:
        raise ValueError(part)
    hour, minute, end_hour, end_minute = map(int, found.groups())
    if max(minute, end_minute) >= MINUTES:
        raise ValueError(part)
    return hour * MINUTES + minute, end_hour * MINUTES + end_minute


def _minutes(wall: time) -> int:
    return wall.hour * MINUTES + wall.minute

"""Whether an agent's own hours are on. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time

from answerable.routing.core.written_hours import read_hours


def is_within(week: Sequence[str], wall: datetime) -> bool:
    """Say whether a wall time of the agent's zone lies in the hours of their week.

    `week` has a text of core/written_hours.py for each day, Monday first; none means always.
    """
    if not week:
        return True
    now = wall.time()
    today = read_hours(week[wall.weekday()])
    return any(opens <= now and (now < closes or closes == time(0)) for opens, closes in today)

"""When an allowance is used up by a clock that stood still for a while. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.sla.core.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Pause:
    """A stretch in which a clock stands still; it goes on when there is no end."""

    begin: datetime
    end: datetime | None


def due_with_pauses(
    calendar: Calendar, start: datetime, allowance: timedelta, pauses: Sequence[Pause]
) -> datetime | None:
    """Return the instant at which the allowance of open time outside of the pauses is used up.

    It is None while an open pause stands before that instant. Pauses may come in any order,
    overlap, lie outside the hours and begin before the start. An allowance that is used up
    exactly where a pause begins is due there, as it is at closing time. Raises NeverOpen.
    """
    left = allowance
    for begin, end in _running(start, pauses):
        if end is None:
            return calendar.due(begin, left)
        passed = calendar.open_time(begin, end)
        if passed and left <= passed:
            return calendar.due(begin, left)
        left -= passed
    return None


def counted(
    calendar: Calendar, begin: datetime, end: datetime, pauses: Sequence[Pause]
) -> timedelta:
    """Return how much open time outside of the pauses lies between two instants."""
    parts = [
        calendar.open_time(opened, min(stood or end, end))
        for opened, stood in _running(begin, pauses)
    ]
    return sum(parts, timedelta(0))


def _running(
    start: datetime, pauses: Sequence[Pause]
) -> Iterator[tuple[datetime, datetime | None]]:
    """Return the stretches between the pauses; the last has no end, unless a pause has none."""
    reached = start
    for pause in sorted(pauses, key=lambda pause: pause.begin):
        if pause.begin > reached:
            yield reached, pause.begin
        if pause.end is None:
            return
        reached = max(reached, pause.end)
    yield reached, None

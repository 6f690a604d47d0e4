"""When the next promise is likely to come, from when others came on the same weekday. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from statistics import median

WEEKS = 8
ENOUGH = 6  # of these weeks must have had one soon enough
SOON = timedelta(hours=12)
STEP = timedelta(minutes=10)


def weeks_before(at: datetime) -> list[datetime]:
    """Return the same time by the wall in each of the weeks before, the latest first.

    `at` is in the zone of the wall that counts.
    """
    return [at - timedelta(weeks=number) for number in range(1, WEEKS + 1)]


def next_expected(firsts: Sequence[datetime | None], at: datetime) -> datetime | None:
    """Return about when the next promise comes: the middle of how long it took in the weeks
    before, rounded up to ten minutes. None without enough of them.

    `firsts` are the first promises after each of weeks_before(at), None where there was none.
    """
    waits = [
        first - week
        for first, week in zip(firsts, weeks_before(at), strict=True)
        if first is not None and timedelta(0) <= first - week <= SOON
    ]
    if len(waits) < ENOUGH:
        return None
    middle = timedelta(seconds=median(wait.total_seconds() for wait in waits))
    return _rounded(at + middle)


def _rounded(instant: datetime) -> datetime:
    hour = instant.replace(minute=0, second=0, microsecond=0)
    steps = -(-(instant - hour) // STEP)
    return hour + steps * STEP

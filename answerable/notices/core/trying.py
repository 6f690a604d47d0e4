"""How often a delivery is tried, and what an answer means. Pure."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

URGENT = tuple(timedelta(seconds=s) for s in (5, 15, 30, 60, 120))
PATIENT = tuple(timedelta(minutes=m) for m in (1, 5, 15, 60, 240))
# So many deliveries that failed one after the other, and a receiver is not asked any more.
MOST_FAILURES = 5
TOO_MANY, TOO_SLOW = 429, 408
GONE = frozenset({404, 410})


class Came(StrEnum):
    """What an answer comes to."""

    DELIVERED = "delivered"
    AGAIN = "again"
    FAILED = "failed"
    GONE = "gone"


def judged(status: int) -> Came:
    """Return what a status of HTTP comes to: what the other side cannot help is tried again."""
    if 200 <= status < 300:
        return Came.DELIVERED
    if status in GONE:
        return Came.GONE
    if status >= 500 or status in {TOO_MANY, TOO_SLOW}:
        return Came.AGAIN
    return Came.FAILED


def next_try(tries: int, *, is_urgent: bool) -> timedelta | None:
    """Return after how long it is tried again that was tried so often; None: not any more."""
    waits = URGENT if is_urgent else PATIENT
    return waits[tries - 1] if 0 < tries <= len(waits) else None

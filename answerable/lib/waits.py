"""How long people waited lately, and what may be said of it to the next one. Pure.

An estimate is never invented (ux.md 3.1): with few samples nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

FEWEST_SAMPLES = 8
SHARE = 80
STEPS = (1, 2, 3, 5, 8, 10, 15, 20, 30, 45, 60)
MINUTE = timedelta(minutes=1)


def usual_wait(waits: Sequence[timedelta]) -> timedelta | None:
    """Return within what 80 of 100 people were reached; None of fewer than eight."""
    if len(waits) < FEWEST_SAMPLES:
        return None
    # The smallest wait that is not below 80 of 100 of them.
    place = -(-len(waits) * SHARE // 100) - 1
    return sorted(waits)[place]


def rounded_up(wait: timedelta) -> int | None:
    """Return a wait in minutes as it is told: 1, 2, 3, 5, 8, 10, 15, 20, 30, 45 or 60.

    None above an hour, which is told as a time of day.
    """
    return next((step for step in STEPS if wait <= step * MINUTE), None)

"""How long people waited lately, and what that says of the next one. Pure.

An estimate is never invented (ux.md 3.1): of few samples nothing is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

FEWEST_SAMPLES = 8
SHARE = 80


def usual_wait(waits: Sequence[timedelta]) -> timedelta | None:
    """Return within what 80 of 100 people were reached; None of fewer than eight."""
    if len(waits) < FEWEST_SAMPLES:
        return None
    # The smallest wait that is not below 80 of 100 of them.
    place = -(-len(waits) * SHARE // 100) - 1
    return sorted(waits)[place]

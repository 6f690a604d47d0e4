"""How old an answer may be, and what is done about it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# After a failure nobody's page asks again for so long; who presses “Try again” does.
RESTS_FOR = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of a source: when it answered last, and when it last failed to."""

    answered_at: datetime | None = None
    failed_at: datetime | None = None


def is_fresh(known: Known, at: datetime, seconds: int) -> bool:
    """Say whether an answer is young enough to be shown as it is."""
    answered = known.answered_at
    return answered is not None and at - answered < timedelta(seconds=seconds)


def is_resting(known: Known, at: datetime) -> bool:
    """Say whether a source failed so lately that it is left alone."""
    failed = known.failed_at
    if failed is None or at - failed >= RESTS_FOR:
        return False
    return known.answered_at is None or known.answered_at <= failed


def is_asked(known: Known, at: datetime, seconds: int) -> bool:
    """Say whether a page that opens asks the source."""
    return not is_fresh(known, at, seconds) and not is_resting(known, at)

"""By when an agent is proposed to promise something: an even time of the clock. Pure."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

EVEN = timedelta(minutes=5)
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def even(due_at: datetime, at: datetime) -> datetime:
    """Return the last five minutes' mark before a due time, as people say it: 15:10.

    It is never later than the due time, and leaves at least half of what there was: where less
    than that would be left, it is the due time itself.
    """
    mark = due_at - (due_at - EPOCH) % EVEN
    return mark if mark - at >= (due_at - at) / 2 else due_at

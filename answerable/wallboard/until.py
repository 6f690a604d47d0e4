"""Until when a lead asks a colleague for something."""

from __future__ import annotations

from datetime import datetime, timedelta

LASTS = timedelta(minutes=45)


def until_of(at: datetime) -> datetime:
    """Return the full quarter of an hour, some three quarters from an instant on: 15:15."""
    end = at + LASTS
    past = timedelta(minutes=end.minute % 15, seconds=end.second, microseconds=end.microsecond)
    return end - past

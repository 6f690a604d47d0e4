"""What a clock runs on, whatever it is made of. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Protocol

from answerable.sla.core.spans import Span


class Calendar(Protocol):
    """Says when it is open. Instants may come in any zone; they go in UTC."""

    def due(self, start: datetime, allowance: timedelta) -> datetime:
        """Return the instant at which the allowance of open time is used up, or raise
        NeverOpen. An allowance of nothing is used up at the opening."""

    def opening(self, at: datetime) -> datetime:
        """Return the instant itself when open, else the next opening, or raise NeverOpen."""

    def spans(self, begin: datetime, end: datetime) -> Sequence[Span]:
        """Return the open stretches between two instants, in order."""

    def open_time(self, begin: datetime, end: datetime) -> timedelta:
        """Return how much is open between two instants; none when they are reversed."""

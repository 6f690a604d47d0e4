"""The instants at which people are told, as shares of a promise. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from answerable.sla.core.calendar import Calendar


def step_instants(
    start: datetime, allowance: timedelta, calendar: Calendar, percents: Sequence[int]
) -> list[datetime]:
    """Return the instant of each step: 0 per cent is the opening, 100 the due instant."""
    return [calendar.due(start, allowance * percent / 100) for percent in percents]

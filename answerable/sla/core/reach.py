"""Whether an allowance is ever used up, in any time that people plan for. Pure."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.entitlements.core.allowance import Allowance
from answerable.sla.core.days import Calendar, due_after
from answerable.sla.core.spans import NeverOpen

REACH = timedelta(days=5 * 365)


def reaches(calendar: Calendar, start: datetime, allowance: Allowance) -> bool:
    """Return whether an allowance that starts then is used up within five years."""
    if calendar.open_time(start, start + REACH) < allowance.length:
        return False  # Known without looking for the instant, which may be very far.
    try:
        return due_after(calendar, start, allowance) <= start + REACH
    except (NeverOpen, OverflowError):
        return False

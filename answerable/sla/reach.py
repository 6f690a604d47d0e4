"""A plan must not promise what its calendars cannot count: the check before publishing."""

from __future__ import annotations

from datetime import datetime

from answerable.entitlements.core.plan import PlanError, Terms
from answerable.sla.calendars import calendar_of
from answerable.sla.core.reach import REACH, reaches

HOUR = 3600


def check_reach(terms: Terms, at: datetime) -> None:
    """Raise PlanError for a target that is longer than its calendar is open in five years."""
    for number, target in enumerate(terms.targets):
        calendar = calendar_of(terms.calendars[target.calendar])
        if not reaches(calendar, at, target.allowance):
            hours = calendar.open_time(at, at + REACH).total_seconds() / HOUR
            raise PlanError(
                f"Target {target.key!r} allows {target.within.total_seconds() / HOUR:,.0f} "
                f"hours, and {target.calendar!r} is open for {hours:,.0f} in five years. "
                "Allow less, or add hours to the calendar.",
                ("targets", number, "within"),
            )

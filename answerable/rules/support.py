"""How long a ticket waits in its customer's support hours: those of the promise it has."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.sla.due import calendar_counted
from answerable.sla.models import Clock


def open_time(ticket: int, since: datetime, until: datetime) -> timedelta:
    """Return how much open time passed between two instants, on the calendar of a ticket's
    newest promise; all of the time where nothing was promised. One query."""
    clocks = Clock.objects.filter(ticket=ticket).select_related("plan_version__plan")
    clock = clocks.order_by("-pk").first()
    if clock is None:
        return until - since
    try:
        calendar = calendar_counted(clock.plan_version.terms, clock.target)
    except KeyError:
        return until - since
    return calendar.open_time(since, until)

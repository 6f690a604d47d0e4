"""How long a ticket waits, and how much of a promise's time is over, in its support hours."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from answerable.sla.due import calendar_counted
from answerable.sla.models import Clock


def open_time(ticket: int, since: datetime, until: datetime) -> timedelta:
    """Return how much open time passed between two instants, on the calendar of a ticket's
    newest promise; all of the time where nothing was promised. One query."""
    planned = Clock.objects.exclude(metric=Clock.Metric.PROMISED_UPDATE)
    clocks = planned.filter(ticket=ticket).select_related("plan_version__plan")
    clock = clocks.order_by("-pk").first()
    if clock is None:
        return until - since
    try:
        calendar = calendar_counted(clock.plan_version.terms, clock.target)
    except KeyError:
        return until - since
    return calendar.open_time(since, until)


def spent_of(
    rows: Collection[tuple[int, datetime]], at: datetime
) -> dict[tuple[int, datetime], float]:
    """Return which share of the time of promises is over, in per cent, by ticket and due time.

    Counted on the calendar of each promise, so that a night spends nothing. A promise whose
    calendar is not there any more is left out. One query.
    """
    clocks = Clock.objects.awaited().of_tickets(number for number, _due in rows)
    found = clocks.select_related("plan_version__plan", "ticket")
    spent = {}
    for clock in found.order_by("pk"):
        key = (clock.ticket.merged_into_id or clock.ticket_id, clock.due_at)
        left = _left(clock, at)
        if left is not None and clock.allowance:
            spent[key] = 100 * (1 - left / clock.allowance)
    return spent


def _left(clock: Clock, at: datetime) -> timedelta | None:
    try:
        calendar = calendar_counted(clock.plan_version.terms, clock.target)
    except KeyError:
        return None
    return calendar.open_time(at, clock.due_at) if at < clock.due_at else timedelta(0)

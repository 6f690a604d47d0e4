"""For how long a reply on a ticket may wait, by the promises that it keeps."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min

from answerable.sla.core.metrics import MEASURES
from answerable.sla.models import Clock
from answerable.tickets.core.grace import grace
from answerable.tickets.models import Ticket

BY_REPLY = [metric for metric, measure in MEASURES.items() if measure.by_response]


def grace_of(ticket: Ticket, at: datetime) -> timedelta:
    """Return for how long a reply that is sent now may be taken back; zero: it leaves at once.

    The ticket is held, so that no clock of it moves meanwhile.
    """
    longest = timedelta(seconds=settings.ANSWERABLE_UNDO_SECONDS)
    return grace(longest, left_on(ticket, at)) if longest else longest


def left_on(ticket: Ticket, at: datetime) -> timedelta | None:
    """Return the time left on the nearest promise that a reply keeps, or None without one."""
    nearest = next_due(ticket)
    return nearest - at if nearest else None


def next_due(ticket: Ticket) -> datetime | None:
    """Return when the nearest promise that a reply keeps is due, or None without one."""
    clocks = Clock.objects.of_ticket(ticket.pk).awaited().filter(metric__in=BY_REPLY)
    nearest: datetime | None = clocks.aggregate(due=Min("due_at"))["due"]
    return nearest

"""For how long a reply on a ticket may wait, by the promises that it keeps."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Min

from answerable.accounts.models import Agent
from answerable.sla.core.metrics import MEASURES
from answerable.sla.models import Clock
from answerable.tickets.core.grace import grace
from answerable.tickets.models import Ticket

BY_REPLY = [metric for metric, measure in MEASURES.items() if measure.by_response]


def longest_of(agent: Agent) -> timedelta:
    """Return for how long an agent's replies may be taken back where no promise is near: as
    they chose, else as this installation has it."""
    own = agent.undo_seconds
    return timedelta(seconds=settings.ANSWERABLE_UNDO_SECONDS if own is None else own)


def grace_of(agent: Agent) -> Callable[[Ticket, datetime], timedelta]:
    """Return what says for how long an agent's reply on a ticket that is sent now may be taken
    back; zero: it leaves at once. It is asked while the ticket is held, so that no clock of it
    moves meanwhile."""
    longest = longest_of(agent)

    def may_wait(ticket: Ticket, at: datetime) -> timedelta:
        return grace(longest, left_on(ticket, at)) if longest else longest

    return may_wait


def left_on(ticket: Ticket, at: datetime) -> timedelta | None:
    """Return the time left on the nearest promise that a reply keeps, or None without one."""
    nearest = next_due(ticket)
    return nearest - at if nearest else None


def next_due(ticket: Ticket) -> datetime | None:
    """Return when the nearest promise that a reply keeps is due, or None without one."""
    clocks = Clock.objects.of_ticket(ticket.pk).awaited().filter(metric__in=BY_REPLY)
    nearest: datetime | None = clocks.aggregate(due=Min("due_at"))["due"]
    return nearest

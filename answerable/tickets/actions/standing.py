"""Says how a ticket stands in the vendor's own words, and what of our work comes first."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Status, Ticket, TicketEvent


class OtherState(Exception):
    """A status is a word for another state than the ticket's."""


@transaction.atomic
def set_priority(ticket: Ticket, priority: int, *, agent: Agent | None, at: datetime) -> int:
    """Say what comes first of our own work, and return what was said before.

    No promise depends on it.
    """
    ticket = hold(ticket)
    before = ticket.priority
    if priority != before:
        ticket.priority = Ticket.Priority(priority)
        ticket.save(update_fields=["priority"])
        data = {"from": before, "to": priority}
        record(
            TicketEvent(ticket=ticket, verb=Verb.PRIORITY_SET, agent=agent, at=at, data=data)
        )
    return before


@transaction.atomic
def set_status(
    ticket: Ticket, status: Status | None, *, agent: Agent | None, at: datetime
) -> Status | None:
    """Name a ticket's state by another of the vendor's words, and return the one before.

    Nothing else changes by that. Raises OtherState.
    """
    ticket = hold(ticket)
    if status and status.category != ticket.state:
        raise OtherState
    before = ticket.status
    if status != before:
        ticket.status = status
        ticket.save(update_fields=["status"])
        names = {"from": before.names if before else {}, "to": status.names if status else {}}
        data = {"state": ticket.state, **names}
        record(TicketEvent(ticket=ticket, verb=Verb.STATUS_SET, agent=agent, at=at, data=data))
    return before


@transaction.atomic
def save_status(status: Status) -> None:
    """Keep a status; where it is its state's usual one, no other is."""
    if status.is_usual:
        others = Status.objects.filter(category=status.category, is_usual=True)
        others.exclude(pk=status.pk).update(is_usual=False)
    if status.pk is None:
        status.position = Status.objects.filter(category=status.category).count()
    status.save()


@transaction.atomic
def retire_status(status: Status, *, at: datetime) -> None:
    """Offer a status no more; tickets that have it are named by their state."""
    status.retired_at, status.is_usual = at, False
    status.save(update_fields=["retired_at", "is_usual"])
    Ticket.objects.filter(status=status).update(status=None)

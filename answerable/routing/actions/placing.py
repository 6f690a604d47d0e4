"""Gives a ticket its place in the queue."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from answerable.routing.core.order import act_by, rises_at
from answerable.routing.models import QueueEntry
from answerable.sla.calendars import calendar_of
from answerable.sla.models import Clock
from answerable.tickets.models import CRITICAL, Ticket

Band = QueueEntry.Band
USUAL = timedelta(minutes=9)


def place(number: int) -> None:
    """Work out a ticket's place anew and store it; a resolved ticket has none."""
    ticket = Ticket.objects.get(pk=number)
    if ticket.state == Ticket.State.RESOLVED:
        QueueEntry.objects.filter(ticket=ticket).delete()
        return
    facts = _place_of(ticket)
    QueueEntry.objects.bulk_create(  # An upsert: one statement, and no savepoint.
        [QueueEntry(ticket=ticket, **facts)],
        update_conflicts=True,
        unique_fields=["ticket"],
        update_fields=list(facts),
    )


def _place_of(ticket: Ticket) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "act_by": ticket.last_at,
        "due_at": None,
        "started_at": None,
        "kind": "",
        "assignee_id": ticket.assignee_id,
        "customer_id": ticket.customer_id,
    }
    if ticket.state == Ticket.State.REVIEW:
        return facts | {"band": Band.REVIEW}
    if ticket.state == Ticket.State.WAITING:
        return facts | {"band": Band.WAITING}
    clock = _unanswered(ticket)
    if clock is None:
        return facts | {"band": Band.NOW if _is_now(ticket) else Band.OPEN}
    facts |= {"due_at": clock.due_at, "started_at": _runs_from(clock), "kind": clock.kind}
    if clock.kind == Clock.Kind.AIM:
        band = Band.NOW if _is_now(ticket) else Band.AIM
        return facts | {"band": band, "act_by": rises_at(clock.started_at, clock.due_at)}
    handling = clock.plan_version.terms.handling.get(ticket.severity, USUAL)
    band = Band.NOW if _is_now(ticket) else Band.PROMISE
    return facts | {"band": band, "act_by": act_by(clock.due_at, handling)}


def _unanswered(ticket: Ticket) -> Clock | None:
    clocks = Clock.objects.filter(ticket=ticket, metric=Clock.Metric.FIRST_RESPONSE)
    return clocks.filter(answered_at=None).select_related("plan_version").first()


def _runs_from(clock: Clock) -> datetime:
    """Return when a clock begins to run: a ticket of the night waits for the opening."""
    terms = clock.plan_version.terms
    return calendar_of(terms.calendars[terms.target(clock.target).calendar]).opening(
        clock.started_at
    )


def _is_now(ticket: Ticket) -> bool:
    return ticket.severity == CRITICAL

"""Gives a ticket its place in the queue."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta
from typing import Any

from answerable.routing.core.order import act_by, rises_at
from answerable.routing.models import QueueEntry
from answerable.sla.calendars import calendar_of
from answerable.sla.models import Clock
from answerable.tickets.models import CRITICAL, Ticket

Band = QueueEntry.Band
USUAL = timedelta(minutes=9)


def place_all(numbers: Collection[int]) -> None:
    """Work out the places of tickets anew and store them; a resolved ticket has none.

    In the order of their numbers, so that two at once wait for each other and never in a ring.
    """
    tickets = list(Ticket.objects.filter(pk__in=numbers).order_by("pk"))
    resolved = [ticket for ticket in tickets if ticket.state == Ticket.State.RESOLVED]
    if resolved:
        QueueEntry.objects.filter(ticket__in=resolved).delete()
    waiting = [ticket for ticket in tickets if ticket.state != Ticket.State.RESOLVED]
    clocks = _unanswered(waiting)
    places = [(ticket, _place_of(ticket, clocks.get(ticket.pk))) for ticket in waiting]
    if places:
        QueueEntry.objects.bulk_create(  # An upsert: one statement, and no savepoint.
            [QueueEntry(ticket=ticket, **facts) for ticket, facts in places],
            update_conflicts=True,
            unique_fields=["ticket"],
            update_fields=list(places[0][1]),
        )


def _place_of(ticket: Ticket, clock: Clock | None) -> dict[str, Any]:
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
    if clock is None:
        return facts | {"band": Band.NOW if _is_now(ticket) else Band.OPEN}
    facts |= {"due_at": clock.due_at, "started_at": _runs_from(clock), "kind": clock.kind}
    if clock.kind == Clock.Kind.AIM:
        band = Band.NOW if _is_now(ticket) else Band.AIM
        return facts | {"band": band, "act_by": rises_at(clock.started_at, clock.due_at)}
    handling = clock.plan_version.terms.handling.get(ticket.severity, USUAL)
    band = Band.NOW if _is_now(ticket) else Band.PROMISE
    return facts | {"band": band, "act_by": act_by(clock.due_at, handling)}


def _unanswered(tickets: Sequence[Ticket]) -> dict[int, Clock]:
    """Return the unanswered first-reply clocks of tickets, by ticket."""
    open_ones = [ticket.pk for ticket in tickets if ticket.state == Ticket.State.OPEN]
    if not open_ones:
        return {}
    clocks = Clock.objects.filter(ticket__in=open_ones, metric=Clock.Metric.FIRST_RESPONSE)
    unanswered = clocks.filter(answered_at=None).select_related("plan_version")
    return {clock.ticket_id: clock for clock in unanswered}


def _runs_from(clock: Clock) -> datetime:
    """Return when a clock begins to run: a ticket of the night waits for the opening."""
    terms = clock.plan_version.terms
    return calendar_of(terms.calendars[terms.target(clock.target).calendar]).opening(
        clock.started_at
    )


def _is_now(ticket: Ticket) -> bool:
    return ticket.severity == CRITICAL

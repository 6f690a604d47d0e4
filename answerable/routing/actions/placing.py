"""Gives a ticket its place in the queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any

from answerable.routing.core.order import act_by, rises_at
from answerable.routing.models import QueueEntry
from answerable.sla.core.metrics import MEASURES
from answerable.sla.due import opening_of
from answerable.sla.judging import is_critical
from answerable.sla.models import Clock
from answerable.tickets.models import STANDARD, Ticket

Band, CustomerBand = QueueEntry.Band, QueueEntry.CustomerBand
USUAL = timedelta(minutes=9)
NO_TIME = timedelta(0)
PARKED = {Ticket.State.WAITING, Ticket.State.HELD}


def place_all(numbers: Collection[int]) -> None:
    """Work out the places of tickets anew and store them; a resolved ticket has none.

    In the order of their numbers, so that two at once wait for each other and never in a ring.
    """
    tickets = list(Ticket.objects.filter(pk__in=numbers).order_by("pk"))
    resolved = [ticket for ticket in tickets if ticket.state == Ticket.State.RESOLVED]
    if resolved:
        QueueEntry.objects.filter(ticket__in=resolved).delete()
    waiting = [ticket for ticket in tickets if ticket.state != Ticket.State.RESOLVED]
    clocks = _awaited(waiting)
    places = [(ticket, _place_of(ticket, clocks.get(ticket.pk, []))) for ticket in waiting]
    if places:
        QueueEntry.objects.bulk_create(  # An upsert: one statement, and no savepoint.
            [QueueEntry(ticket=ticket, **facts) for ticket, facts in places],
            update_conflicts=True,
            unique_fields=["ticket"],
            update_fields=list(places[0][1]),
        )


def _place_of(ticket: Ticket, clocks: Sequence[Clock]) -> dict[str, Any]:
    is_critical = _is_critical(ticket, clocks)
    facts: dict[str, Any] = {
        "is_critical": is_critical,
        "act_by": ticket.last_at,
        "due_at": None,
        "started_at": None,
        "kind": "",
        "metric": "",
        "assignee_id": ticket.assignee_id,
        "customer_id": ticket.customer_id,
        **_for_customer(ticket, clocks),
    }
    if ticket.state == Ticket.State.REVIEW:
        return facts | {"band": Band.REVIEW}
    if not clocks and ticket.state in PARKED:
        return facts | {"band": Band.WAITING}
    if not clocks:
        return facts | {"band": Band.NOW if is_critical else Band.OPEN}
    clock = min(clocks, key=lambda clock: _urgency(ticket, clock))
    is_aim = clock.kind == Clock.Kind.AIM
    return facts | {
        "band": Band.NOW if is_critical else Band.AIM if is_aim else Band.PROMISE,
        "act_by": _act_by(ticket, clock),
        "due_at": clock.due_at,
        "started_at": _runs_from(clock),
        "kind": Clock.Kind.AIM if is_aim else Clock.Kind.GUARANTEE,
        "metric": clock.metric,
    }


def _for_customer(ticket: Ticket, clocks: Sequence[Clock]) -> dict[str, Any]:
    """Return where a ticket stands in its customer's own list, without internal clocks."""
    if ticket.state == Ticket.State.WAITING:
        return {"customer_band": CustomerBand.WAITING, "customer_due_at": None}
    told = [clock for clock in clocks if clock.kind != Clock.Kind.INTERNAL]
    if not told:
        return {"customer_band": CustomerBand.OTHER, "customer_due_at": None}
    is_aim, due_at = min((clock.kind == Clock.Kind.AIM, clock.due_at) for clock in told)
    band = CustomerBand.AIM if is_aim else CustomerBand.GUARANTEE
    return {"customer_band": band, "customer_due_at": due_at}


def _urgency(ticket: Ticket, clock: Clock) -> tuple[bool, datetime, int]:
    """Return what orders the clocks of a ticket: promises before aims, then least slack."""
    return clock.kind == Clock.Kind.AIM, _act_by(ticket, clock), clock.pk


def _act_by(ticket: Ticket, clock: Clock) -> datetime:
    if clock.kind == Clock.Kind.AIM:
        return rises_at(clock.started_at, clock.due_at)
    if not MEASURES[clock.metric].by_response:
        return act_by(clock.due_at, NO_TIME)
    handling = clock.plan_version.terms.handling.get(ticket.severity, USUAL)
    return act_by(clock.due_at, handling)


def _awaited(tickets: Sequence[Ticket]) -> Mapping[int, list[Clock]]:
    """Return the clocks of tickets that somebody has to act on, by ticket.

    Those of tickets that were merged into them as well. While a reply is on its way, or the
    customer has one, no reply is waited for; a decision that is late no longer hides the
    promise that it is about.
    """
    waiting = {ticket.pk: ticket for ticket in tickets if ticket.state != Ticket.State.REVIEW}
    if not waiting:
        return {}
    found: dict[int, list[Clock]] = defaultdict(list)
    clocks = Clock.objects.awaited().of_tickets(waiting)
    for clock in clocks.select_related("plan_version", "ticket"):
        number = clock.ticket.merged_into_id or clock.ticket_id
        is_replied = waiting[number].state == Ticket.State.WAITING
        is_sent = is_replied and MEASURES[clock.metric].by_response
        is_past = clock.kind == Clock.Kind.INTERNAL and clock.missed_at is not None
        if not is_sent and not is_past:
            found[number].append(clock)
    return found


def _runs_from(clock: Clock) -> datetime:
    """Return when a clock begins to run: a ticket of the night waits for the opening."""
    return opening_of(clock.plan_version.terms, clock.target, clock.started_at)


def _is_critical(ticket: Ticket, clocks: Sequence[Clock]) -> bool:
    """Say whether people are woken for the severity of a ticket, as its plan says."""
    if ticket.severity == STANDARD:
        return False
    return is_critical(ticket, clocks[0].plan_version.terms if clocks else None)

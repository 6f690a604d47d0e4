"""Gives a ticket its place in the queue."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from enum import Enum
from typing import Any

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from answerable.lib.ready import Given, GivenNumbers, Ready, run
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
TICKETS = Ready(lambda: Ticket.objects.filter(pk__in=GivenNumbers("tickets")).order_by("pk"))
# An upsert of any number of places, in the order in which they are given.
WRITE = """
INSERT INTO routing_queueentry (ticket_id, band, is_critical, kind, metric, act_by, due_at,
    started_at, assignee_id, customer_id, customer_band, customer_due_at)
SELECT * FROM unnest(%(ticket_id)s::bigint[], %(band)s::smallint[], %(is_critical)s::boolean[],
    %(kind)s::text[], %(metric)s::text[], %(act_by)s::timestamptz[], %(due_at)s::timestamptz[],
    %(started_at)s::timestamptz[], %(assignee_id)s::bigint[], %(customer_id)s::bigint[],
    %(customer_band)s::smallint[], %(customer_due_at)s::timestamptz[])
ON CONFLICT (ticket_id) DO UPDATE SET band = excluded.band, is_critical = excluded.is_critical,
    kind = excluded.kind, metric = excluded.metric, act_by = excluded.act_by,
    due_at = excluded.due_at, started_at = excluded.started_at,
    assignee_id = excluded.assignee_id, customer_id = excluded.customer_id,
    customer_band = excluded.customer_band, customer_due_at = excluded.customer_due_at
"""
# Tickets, and what was merged into them.
FAMILY = """
SELECT unnest(%s::bigint[])
UNION ALL SELECT id FROM tickets_ticket WHERE merged_into_id = ANY(%s::bigint[])
"""
PARKED = {Ticket.State.WAITING, Ticket.State.HELD}


def place_all(numbers: Collection[int]) -> None:
    """Work out the places of tickets anew and store them; a resolved ticket has none.

    In the order of their numbers, so that two at once wait for each other and never in a ring.
    """
    tickets = TICKETS.all(tickets=list(numbers))
    resolved = [ticket for ticket in tickets if ticket.state == Ticket.State.RESOLVED]
    if resolved:
        QueueEntry.objects.filter(ticket__in=resolved).delete()
    waiting = [ticket for ticket in tickets if ticket.state != Ticket.State.RESOLVED]
    clocks = _awaited(waiting)
    places = [_place_of(ticket, clocks.get(ticket.pk, [])) for ticket in waiting]
    if places:
        run(WRITE, {name: [_plain(one[name]) for one in places] for name in places[0]})


def _plain(value: object) -> object:
    """Return the value of a column as the database has it."""
    return value.value if isinstance(value, Enum) else value


def _place_of(ticket: Ticket, clocks: Sequence[Clock]) -> dict[str, Any]:
    is_critical = _is_critical(ticket, clocks)
    facts: dict[str, Any] = {
        "ticket_id": ticket.pk,
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
    for clock in AWAITED.all(tickets=list(waiting)):
        number = clock.ticket.merged_into_id or clock.ticket_id
        is_replied = waiting[number].state == Ticket.State.WAITING
        is_sent = is_replied and _is_reply(clock)
        is_past = clock.kind == Clock.Kind.INTERNAL and clock.missed_at is not None
        if not is_sent and not is_past:
            found[number].append(clock)
    return found


def _is_reply(clock: Clock) -> bool:
    """Say whether a reply that is on its way, or that the customer has, is what a clock waits
    for. An update that was promised since comes after that reply."""
    is_update = clock.metric == Clock.Metric.PROMISED_UPDATE
    return MEASURES[clock.metric].by_response and not is_update


def _awaited_of() -> QuerySet[Clock]:
    family = RawSQL(FAMILY, [Given("tickets"), Given("tickets")])  # noqa: S611
    clocks = Clock.objects.awaited().filter(ticket__in=family)
    return clocks.select_related("plan_version", "ticket").defer("plan_version__document")


AWAITED = Ready(_awaited_of)


def _runs_from(clock: Clock) -> datetime:
    """Return when a clock begins to run: a ticket of the night waits for the opening."""
    return opening_of(clock.plan_version.terms, clock.target, clock.started_at)


def _is_critical(ticket: Ticket, clocks: Sequence[Clock]) -> bool:
    """Say whether people are woken for the severity of a ticket, as its plan says."""
    if ticket.severity == STANDARD:
        return False
    return is_critical(ticket, clocks[0].plan_version.terms if clocks else None)

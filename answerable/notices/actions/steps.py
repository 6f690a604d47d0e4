"""The steps of ladders leave a trace: who was told, by which way, and whether it got there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Q

from answerable.notices.actions.teams import tell_receivers_of_nobody
from answerable.notices.core.climbing import TRACED_AFTER
from answerable.notices.models import Delivery, Notice, Step
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

State = Delivery.State
AT_ONCE = 50


def keep_steps(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Keep which steps of ladders came, so that each is traced once."""
    climbed = [event for event in events if event.verb == Verb.ESCALATED]
    Step.objects.bulk_create(
        [
            Step(event=event, ticket=event.ticket, percent=event.data["percent"], at=at)
            for event in climbed
        ],
        ignore_conflicts=True,
    )


@transaction.atomic
def trace_steps(*, at: datetime) -> int:
    """Write what became of steps into their tickets' logs, and return of how many.

    It is known once nothing is on its way any more, or after a minute. One process does so at a
    time: the others skip the rows that it holds.
    """
    on_its_way = Delivery.objects.waiting().filter(event__isnull=False).values("event")
    known = Q(at__lte=at - TRACED_AFTER) | ~Q(event__in=on_its_way)
    waiting = Step.objects.filter(known, traced_at=None).order_by("pk")
    held = waiting.select_for_update(of=("self",), skip_locked=True)
    steps = list(held.select_related("ticket__customer", "event")[:AT_ONCE])
    for step in steps:
        _trace(step, at)
    return len(steps)


def _trace(step: Step, at: datetime) -> None:
    told = [*_cards(step), *_deliveries(step)]
    step.traced_at = at
    step.reached = any(one["delivered"] for one in told)
    step.save(update_fields=["traced_at", "reached"])
    data = {"percent": step.percent, "told": told}
    record(TicketEvent(ticket=step.ticket, verb=Verb.LADDER_TOLD, at=at, data=data))
    if not step.reached:
        tell_receivers_of_nobody(step, at=at)


def _cards(step: Step) -> list[dict[str, Any]]:
    rows = Notice.objects.filter(event=step.event_id).select_related("agent")
    return [
        {
            "name": notice.agent.name,
            "way": "card",
            "delivered": notice.was_there,
            "why": "" if notice.was_there else "not_there",
        }
        for notice in rows.order_by("agent__name", "pk")
    ]


def _deliveries(step: Step) -> list[dict[str, Any]]:
    rows = Delivery.objects.filter(event=step.event_id).exclude(state=State.WITHDRAWN)
    return [
        {
            "name": row.receiver.name if row.receiver else row.agent.name if row.agent else "",
            "way": row.way,
            "delivered": row.state == State.DELIVERED,
            "why": "" if row.state == State.DELIVERED else row.answer,
        }
        for row in rows.select_related("agent", "receiver").order_by("pk")
    ]

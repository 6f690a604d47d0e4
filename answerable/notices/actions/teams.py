"""Tells the tools of the team, by webhooks, and pagers when somebody has a ticket, or it is
over."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef

from answerable.notices.models import Delivery, Receiver
from answerable.routing.models import QueueEntry
from answerable.sla.models import Clock
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket, TicketEvent

if TYPE_CHECKING:
    from answerable.notices.models import Step

Matter = Receiver.Matter
WEBHOOK = "webhook"
ACKNOWLEDGE, RESOLVE, TRIGGER = "acknowledge", "resolve", "trigger"


def tell_receivers_of(events: Sequence[TicketEvent], *, at: datetime) -> None:
    """Tell receivers of steps of ladders, and of guarantees that were missed."""
    rows = []
    for event in events:
        matter = _matter(event)
        if matter:
            rows += _to_all(matter, event.ticket_id, f"e{event.pk}", at, event=event)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def tell_receivers_of_hurry(entries: Sequence[QueueEntry], *, at: datetime) -> None:
    """Tell receivers of promises with less than five minutes left."""
    rows = []
    for entry in entries:
        due = int(entry.due_at.timestamp()) if entry.due_at else 0
        data = {"due_at": entry.due_at.isoformat() if entry.due_at else None}
        cause = f"h{entry.ticket_id} {due}"
        rows += _to_all(Matter.HURRY, entry.ticket_id, cause, at, data=data)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def tell_receivers_of_nobody(step: Step, *, at: datetime) -> None:
    """Tell receivers of a step of a ladder that reached nobody."""
    data = {"percent": step.percent, "due_at": step.event.data.get("due_at")}
    rows = _to_all(Matter.NOBODY, step.ticket_id, f"s{step.pk}", at, data=data)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def tell_pagers(*, at: datetime) -> int:
    """Tell pagers which were told of a ticket that somebody has it, or that it is over; return
    how many words that were."""
    told = Delivery.objects.filter(
        receiver__kind=Receiver.Kind.PAGERDUTY, act=TRIGGER, ticket__isnull=False
    ).exclude(matter=Matter.LATE)
    open_ones = told.exclude(data__has_key="over").filter(
        state__in=(Delivery.State.DELIVERED, Delivery.State.WITHDRAWN, Delivery.State.FAILED)
    )
    waits = Clock.objects.awaited().filter(ticket=OuterRef("ticket"))
    rows = list(
        open_ones.annotate(waits=Exists(waits)).select_related("ticket").order_by("pk")[:100]
    )
    made = [made for row in rows if (made := _word_after(row, at))]
    return len(Delivery.objects.bulk_create(made, ignore_conflicts=True)) if made else 0


def _word_after(row: Delivery, at: datetime) -> Delivery | None:
    """Return what is to be said after a trigger. What is over is marked, and not looked at
    again; a trigger that never left needs no word."""
    ticket = row.ticket
    if ticket is None:
        return None
    is_over = ticket.state == Ticket.State.RESOLVED or not getattr(row, "waits", False)
    if is_over or row.state != Delivery.State.DELIVERED:
        row.data = {**row.data, "over": True}
        row.save(update_fields=["data"])
    if row.state != Delivery.State.DELIVERED or not (is_over or ticket.assignee_id):
        return None
    act = RESOLVE if is_over else ACKNOWLEDGE
    if not is_over and "claimed" in row.data:
        return None
    if not is_over:
        row.data = {**row.data, "claimed": True}
        row.save(update_fields=["data"])
    return _row(row.receiver_id, row.matter, row.ticket_id, f"{act} d{row.pk}", at, act=act)


def _matter(event: TicketEvent) -> str:
    if event.verb == Verb.ESCALATED:
        return Matter.CRITICAL
    is_late = event.verb == Verb.CLOCK_MISSED and event.data.get("kind") == "guarantee"
    return Matter.LATE if is_late else ""


def _to_all(
    matter: str,
    ticket: int,
    cause: str,
    at: datetime,
    *,
    event: TicketEvent | None = None,
    data: dict[str, object] | None = None,
) -> list[Delivery]:
    rows = []
    for number in Receiver.objects.filter(off_at=None, matters__contains=[matter]).values_list(
        "pk", flat=True
    ):
        row = _row(number, matter, ticket, f"{cause} {matter} r{number}", at)
        row.event, row.data = event, data or {}
        rows.append(row)
    return rows


def _row(
    receiver: int | None,
    matter: str,
    ticket: int | None,
    cause: str,
    at: datetime,
    *,
    act: str = TRIGGER,
) -> Delivery:
    return Delivery(
        way=WEBHOOK,
        cause=cause,
        receiver_id=receiver,
        matter=matter,
        act=act,
        ticket_id=ticket,
        is_urgent=matter != Matter.LATE,
        key=secrets.token_urlsafe(16),
        made_at=at,
        next_at=at,
    )

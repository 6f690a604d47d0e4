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
ON_ITS_WAY = (Delivery.State.WAITING, Delivery.State.RINGING)
AT_ONCE = 100


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
        data: dict[str, object] = {"due_at": entry.due_at.isoformat() if entry.due_at else None}
        cause = f"h{entry.ticket_id} {due}"
        rows += _to_all(Matter.HURRY, entry.ticket_id, cause, at, data=data)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def tell_receivers_of_nobody(step: Step, *, at: datetime) -> None:
    """Tell receivers of a step of a ladder that reached nobody."""
    data = {"percent": step.percent, "due_at": step.event.data.get("due_at")}
    rows = _to_all(Matter.NOBODY, step.ticket_id, f"s{step.pk}", at, data=data)
    Delivery.objects.bulk_create(rows, ignore_conflicts=True)


def tell_pagers(*, at: datetime) -> int:
    """Tell pagers which were told of a ticket that somebody has it, and that it is over; return
    how many words that were, each said once however often a ticket rang."""
    waits = Clock.objects.awaited().filter(ticket=OuterRef("ticket"))
    told = Delivery.objects.filter(is_open=True).exclude(state__in=ON_ITS_WAY)
    rows = told.annotate(waits=Exists(waits)).select_related("ticket").order_by("pk")
    words: dict[tuple[int | None, int | None, str], Delivery] = {}
    for row in rows[:AT_ONCE]:
        act = _word_after(row)
        if act:
            cause = f"{act} d{row.pk}"
            word = _row(row.receiver_id, row.matter, row.ticket_id, cause, at, act=act)
            words[row.receiver_id, row.ticket_id, act] = word
    return len(Delivery.objects.bulk_create(words.values(), ignore_conflicts=True))


def _word_after(row: Delivery) -> str:
    """Return what is to be said after a trigger, and note that it is. A trigger that never left
    needs no word."""
    ticket = row.ticket
    is_over = (
        ticket is None
        or ticket.state == Ticket.State.RESOLVED
        or not getattr(row, "waits", False)
    )
    is_claimed = bool(ticket and ticket.assignee_id)
    act = RESOLVE if is_over else ACKNOWLEDGE
    if row.state != Delivery.State.DELIVERED:
        return _noted(row, "", is_open=False)
    if not (is_over or is_claimed) or row.data.get("said") == act:
        return ""
    return _noted(row, act, is_open=not is_over)


def _noted(row: Delivery, act: str, *, is_open: bool) -> str:
    row.data = {**row.data, "said": act}
    row.is_open = is_open
    row.save(update_fields=["data", "is_open"])
    return act


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
    receivers = Receiver.objects.filter(off_at=None, matters__contains=[matter])
    for number, kind in receivers.order_by("pk").values_list("pk", "kind"):
        row = _row(number, matter, ticket, f"{cause} {matter} r{number}", at)
        row.event, row.data = event, data or {}
        row.is_open = kind == Receiver.Kind.PAGERDUTY and matter != Matter.LATE
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

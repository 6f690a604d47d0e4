"""What an agent has written and not sent, on all tickets: the oldest promise first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import F, OuterRef, Q, Subquery

from answerable.accounts.models import Agent
from answerable.lib import times
from answerable.sla.grace import BY_REPLY
from answerable.sla.models import Clock
from answerable.tickets.models import Draft, PreparedReply, Ticket
from answerable.tickets.text import first_line

MOST = 200


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One text that was not sent: what it is, on which ticket, and what is promised there."""

    ticket: Ticket
    mode: str
    line: str
    at: datetime
    due_at: datetime | None
    due: str
    send_at: datetime | None = None
    reviewer: str = ""


def drafts_of(agent: Agent, at: datetime, zone: tzinfo) -> list[DraftRow]:
    """Return an agent's drafts and replies that wait, the promise that is due first on top.

    Two queries. Where nothing is promised the one that was written first comes first.
    """
    first = F("due_at").asc(nulls_last=True)
    drafts = Draft.objects.filter(agent=agent).annotate(due_at=_due()).select_related("ticket")
    waiting = PreparedReply.objects.waiting().filter(agent=agent).annotate(due_at=_due())
    waiting = waiting.select_related("ticket", "reviewer")
    rows = [_row(d, d.saved_at, at, zone) for d in drafts.order_by(first, "saved_at")[:MOST]]
    rows += [
        _row(w, w.written_at, at, zone) for w in waiting.order_by(first, "written_at")[:MOST]
    ]
    return sorted(rows, key=lambda row: (row.due_at is None, row.due_at or row.at))


def _due() -> Subquery:
    """Return when the nearest promise on the ticket of a row is due."""
    family = Q(ticket=OuterRef("ticket")) | Q(ticket__merged_into=OuterRef("ticket"))
    clocks = Clock.objects.filter(family, metric__in=BY_REPLY).awaited()
    return Subquery(clocks.order_by("due_at").values("due_at")[:1])


def _row(one: Draft | PreparedReply, when: datetime, at: datetime, zone: tzinfo) -> DraftRow:
    due_at = getattr(one, "due_at", None)
    reviewer = one.reviewer if isinstance(one, PreparedReply) else None
    return DraftRow(
        ticket=one.ticket,
        mode=one.mode if isinstance(one, Draft) else "prepared",
        line=first_line(one.body)[:160],
        at=when,
        due_at=due_at,
        due=times.moment(due_at, at, zone) if due_at else "",
        send_at=one.send_at if isinstance(one, PreparedReply) else None,
        reviewer=reviewer.name if reviewer else "",
    )

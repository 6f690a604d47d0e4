"""What is read before many tickets are resolved at once: what each customer was told last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.db.models import OuterRef, Subquery

from answerable.lib import times
from answerable.sla.models import Clock
from answerable.tickets.models import Message, Ticket
from answerable.tickets.text import first_line

MOST = 50
LONGEST = 140


@dataclass(frozen=True, slots=True)
class Resolved:
    """A ticket that would be resolved: the last reply on it, and a promise that still runs."""

    ticket: Ticket
    reply: str
    due: str


@dataclass(frozen=True, slots=True)
class Preview:
    """Some of the tickets that would be resolved, and how many others there are."""

    rows: Sequence[Resolved]
    more: int
    unanswered: int


def resolve_preview(numbers: Sequence[int], at: datetime, zone: tzinfo) -> Preview:
    """Return what would be resolved: those without a reply first. Three queries."""
    replies = Message.objects.filter(ticket=OuterRef("pk"), kind=Message.Kind.REPLY)
    last = Subquery(replies.order_by("-pk").values("body")[:1])
    tickets = Ticket.objects.unresolved().filter(pk__in=numbers).annotate(last_reply=last)
    without = tickets.filter(last_reply=None).count()
    shown = list(
        tickets.select_related("customer").order_by(last.asc(nulls_first=True), "pk")[:MOST]
    )
    due = _due_on(shown)
    rows = [
        Resolved(
            one,
            first_line(getattr(one, "last_reply", "") or "")[:LONGEST],
            times.moment(due[one.pk], at, zone) if one.pk in due else "",
        )
        for one in shown
    ]
    return Preview(rows, max(0, len(numbers) - len(rows)), without)


def _due_on(tickets: Sequence[Ticket]) -> dict[int, datetime]:
    """Return when a guarantee of each is due next."""
    clocks = Clock.objects.awaited().filter(ticket__in=tickets, kind=Clock.Kind.GUARANTEE)
    found: dict[int, datetime] = {}
    for number, due_at in clocks.order_by("due_at").values_list("ticket", "due_at"):
        found.setdefault(number, due_at)
    return found

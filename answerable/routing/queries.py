"""The queue, least slack first. What it costs does not depend on how many tickets there are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import chain, islice

from django.db.models import QuerySet

from answerable.accounts.models import Agent
from answerable.routing.core.order import SOON, Running, State, state_of
from answerable.routing.models import QueueEntry

Band = QueueEntry.Band
MOST_COUNTED = 1000
VIEWS = ("all", "mine", "unassigned", "waiting", "review")


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in the queue, and how its clock stands."""

    entry: QueueEntry
    state: State | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The band NOW, the rest in order, and how many there are (at most 1000 are counted)."""

    now: list[Row]
    rows: list[Row]
    count: int
    more: bool


def queue_for(agent: Agent, view: str, *, at: datetime, most: int = 60) -> Queue:
    """Return a view of the queue as it stands at an instant, in least-slack order."""
    entries = _in_view(agent, view)
    urgent = list(entries.filter(band=Band.NOW).order_by("act_by", "ticket")[:most])
    rest = list(islice(_rest(entries, at, most + 1), most + 1))
    return Queue(
        now=[_row(entry, at) for entry in urgent],
        rows=[_row(entry, at) for entry in rest[:most]],
        count=entries.order_by()[:MOST_COUNTED].count(),
        more=len(rest) > most,
    )


def next_for(agent: Agent, *, at: datetime) -> QueueEntry | None:
    """Return the ticket with the least slack that this agent can work on."""
    free = _in_view(agent, "all").filter(assignee=None) | _in_view(agent, "mine")
    urgent = free.filter(band=Band.NOW).order_by("act_by", "ticket").first()
    return urgent or next(iter(_rest(free, at, 1)), None)


def _in_view(agent: Agent, view: str) -> QuerySet[QueueEntry]:
    entries = QueueEntry.objects.select_related(
        "ticket__customer", "ticket__requester", "ticket__assignee"
    )
    match view:
        case "mine":
            return entries.filter(assignee=agent, band__lt=Band.REVIEW)
        case "unassigned":
            return entries.filter(assignee=None, band__lt=Band.WAITING)
        case "waiting":
            return entries.filter(band=Band.WAITING)
        case "review":
            return entries.filter(band=Band.REVIEW)
    return entries.filter(band__lt=Band.WAITING)


def _rest(entries: QuerySet[QueueEntry], at: datetime, most: int) -> Iterable[QueueEntry]:
    """Promises by slack; an aim that has used four fifths sorts as soon (ux.md 8.3)."""
    soon = at + SOON
    promises = entries.filter(band=Band.PROMISE)
    aims = entries.filter(band=Band.AIM)
    parts = [
        promises.filter(act_by__lt=soon),
        aims.filter(act_by__lt=at),
        promises.filter(act_by__gte=soon),
        aims.filter(act_by__gte=at),
        entries.filter(band=Band.OPEN),
        entries.filter(band=Band.WAITING),
        entries.filter(band=Band.REVIEW),
    ]
    return chain.from_iterable(part.order_by("act_by", "ticket")[:most] for part in parts)


def _row(entry: QueueEntry, at: datetime) -> Row:
    if entry.due_at is None or entry.started_at is None:
        return Row(entry, None)
    is_aim = entry.band == Band.AIM
    running = Running(entry.started_at, entry.due_at, entry.act_by, is_aim)
    return Row(entry, state_of(running, at))

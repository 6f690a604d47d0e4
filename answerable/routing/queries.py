"""The queue, least slack first. What it costs does not depend on how many tickets there are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import F, IntegerField, QuerySet, Value

from answerable.accounts.models import Agent
from answerable.routing.core.order import SOON, Running, State, state_of, turns_at
from answerable.routing.models import Notice, QueueEntry
from answerable.sla.models import Clock
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket

Band = QueueEntry.Band
MOST_COUNTED = 1000
MOST_SHOWN = 60
MOST_URGENT = 60
MOST_OFFERS = 20
VIEWS = ("all", "mine", "unassigned", "waiting", "review")
URGENT_VIEWS = ("all", "mine", "unassigned")


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in the queue, how its clock stands, and when that changes next."""

    entry: QueueEntry
    state: State | None
    turns_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The band NOW, the rest in order, and how many there are (at most 1001 are counted)."""

    now: list[Row]
    rows: list[Row]
    count: int
    more: bool

    @property
    def is_capped(self) -> bool:
        """Whether there are more than are counted."""
        return self.count > MOST_COUNTED


def queue_for(agent: Agent, view: str, *, at: datetime, most: int = MOST_SHOWN) -> Queue:
    """Return a view of the queue as it stands at an instant, in least-slack order.

    Three queries: the order of each part, the tickets that are shown, and the count.
    """
    entries = _in_view(agent, view)
    order = _order([*_urgent(entries, MOST_URGENT), *_parts(entries, at, most + 1)])
    now = [pk for rank, pk in order if rank < 0]
    rest = [pk for rank, pk in order if rank >= 0]
    rows = rows_of([*now, *rest[:most]], at=at)
    return Queue(
        now=[rows[pk] for pk in now if pk in rows],
        rows=[rows[pk] for pk in rest[:most] if pk in rows],
        count=count_in(agent, view),
        more=len(rest) > most,
    )


def rows_of(numbers: Iterable[int], *, at: datetime) -> dict[int, Row]:
    """Return the rows of these tickets that are in the queue, by number."""
    entries = QueueEntry.objects.select_related(
        "ticket__customer", "ticket__requester", "ticket__assignee"
    )
    return {entry.ticket_id: _row(entry, at) for entry in entries.filter(pk__in=numbers)}


def still_in_view(agent: Agent, view: str, numbers: Sequence[int]) -> set[int]:
    """Return which of these tickets a view has, shown or not."""
    return set(_in_view(agent, view).filter(pk__in=numbers).values_list("pk", flat=True))


def count_in(agent: Agent, view: str) -> int:
    """Return how many tickets a view has; 1001 stands for more than a thousand."""
    return _in_view(agent, view).order_by()[: MOST_COUNTED + 1].count()


def next_for(agent: Agent, *, at: datetime, after: int | None = None) -> int | None:
    """Return the number of the ticket with the least slack that this agent can work on.

    Those that are nobody's or theirs count; the one they come from (`after`) does not.
    """
    parts: list[QuerySet[QueueEntry]] = []
    for view in ("mine", "unassigned"):
        free = _in_view(agent, view).filter(band__lt=Band.WAITING).exclude(pk=after)
        parts += [*_urgent(free, 1), *_parts(free, at, 1)]
    found = _order(parts)
    return found[0][1] if found else None


def with_somebody(agent: Agent) -> int:
    """Return how many tickets that wait for a reply have somebody else on them."""
    busy = QueueEntry.objects.filter(band__lt=Band.WAITING, assignee__isnull=False)
    return busy.exclude(assignee=agent)[: MOST_COUNTED + 1].count()


def offers_to(agent: Agent) -> list[Ticket]:
    """Return the claimed tickets that nobody has taken and this agent was told of, unseen."""
    told = Notice.objects.filter(agent=agent, seen_at=None, event__verb=Verb.ESCALATED)
    free = told.filter(ticket__assignee=None).exclude(ticket__state=Ticket.State.RESOLVED)
    notices = free.select_related("ticket__customer", "ticket__queue_entry").order_by("-pk")
    return list({notice.ticket_id: notice.ticket for notice in notices[:MOST_OFFERS]}.values())


def _in_view(agent: Agent, view: str) -> QuerySet[QueueEntry]:
    entries = QueueEntry.objects.all()
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


def _parts(
    entries: QuerySet[QueueEntry], at: datetime, most: int
) -> list[QuerySet[QueueEntry]]:
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
    return [_ordered(part, rank, most) for rank, part in enumerate(parts)]


def _urgent(entries: QuerySet[QueueEntry], most: int) -> list[QuerySet[QueueEntry]]:
    """Critical tickets: those that are promised a reply, then those that only wait for one."""
    now = entries.filter(band=Band.NOW)
    promised = now.filter(kind=Clock.Kind.GUARANTEE)
    others = now.exclude(kind=Clock.Kind.GUARANTEE)
    return [_ordered(promised, -2, most), _ordered(others, -1, most)]


def _ordered(part: QuerySet[QueueEntry], rank: int, most: int) -> QuerySet[QueueEntry]:
    ranked = part.annotate(rank=Value(rank, IntegerField()))
    return ranked.order_by("act_by", "ticket_id")[:most]


def _order(parts: Sequence[QuerySet[QueueEntry]]) -> list[tuple[int, int]]:
    """Return rank and number of the tickets of all parts, in order, by one query.

    Each part reads no more rows of its index than it may show.
    """
    first, *others = [part.values_list("rank", "act_by", F("ticket_id")) for part in parts]
    found = sorted(set(first.union(*others, all=True)))
    return [(rank, number) for rank, _, number in found]


def _row(entry: QueueEntry, at: datetime) -> Row:
    if entry.due_at is None or entry.started_at is None:
        return Row(entry, None, None)
    is_aim = entry.kind == Clock.Kind.AIM
    running = Running(entry.started_at, entry.due_at, entry.act_by, is_aim)
    return Row(entry, state_of(running, at), turns_at(running, at))

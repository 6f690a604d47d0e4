"""The queue, least slack first. What it costs does not depend on how many tickets there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from answerable.accounts.models import Agent
from answerable.routing.core.order import Running, State, state_of, turns_at
from answerable.routing.models import Notice, Offer, QueueEntry
from answerable.routing.order_sql import FIRST_BELOW, WAITING, among, counted, ordered
from answerable.routing.rows_sql import Entry, entries_of
from answerable.sla.models import Clock
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket

Band = QueueEntry.Band
MOST_COUNTED = 1000
MOST_SHOWN = 60
MOST_OFFERS = 20
VIEWS = ("all", "mine", "unassigned", "waiting", "review")
URGENT_VIEWS = ("all", "mine", "unassigned")


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in the queue, how its clock stands, and when that changes next."""

    entry: Entry
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
    order = ordered(agent, [view], at=at, most=most + 1)
    now = [pk for rank, pk in order if rank < FIRST_BELOW][:most]
    rest = [pk for rank, pk in order if rank >= FIRST_BELOW]
    rows = rows_of([*now, *rest[:most]], at=at)
    return Queue(
        now=[rows[pk] for pk in now if pk in rows],
        rows=[rows[pk] for pk in rest[:most] if pk in rows],
        count=count_in(agent, view),
        more=len(rest) > most,
    )


def rows_of(numbers: Collection[int], *, at: datetime) -> dict[int, Row]:
    """Return the rows of these tickets that are in the queue, by number."""
    return {entry.ticket_id: _row(entry, at) for entry in entries_of(numbers)}


def still_in_view(agent: Agent, view: str, numbers: Sequence[int]) -> set[int]:
    """Return which of these tickets a view has, shown or not."""
    return among(agent, view, numbers)


def count_in(agent: Agent, view: str) -> int:
    """Return how many tickets a view has; 1001 stands for more than a thousand."""
    return counted(agent, view, most=MOST_COUNTED + 1)


def next_for(agent: Agent, *, at: datetime, after: int | None = None) -> int | None:
    """Return the number of the ticket with the least slack that this agent can work on.

    Those that are nobody's or theirs count; the one they come from (`after`) does not.
    """
    free = ordered(agent, ["mine", "unassigned"], at=at, most=2)
    numbers = (pk for rank, pk in free if pk != after and rank < WAITING)
    return next(numbers, None)


def with_somebody(agent: Agent) -> int:
    """Return how many tickets that wait for a reply have somebody else on them."""
    busy = QueueEntry.objects.filter(band__lt=Band.WAITING, assignee__isnull=False)
    return busy.exclude(assignee=agent)[: MOST_COUNTED + 1].count()


def offers_ringing(agent: Agent, at: datetime) -> list[Offer]:
    """Return what rings at an agent at an instant, the latest first. One query.

    One thing rings at a time; what they were told of and may take beside it has offers_to.
    """
    ringing = Offer.objects.filter(agent=agent, ended_at=None, ends_at__gt=at)
    with_all = ringing.select_related(
        "ticket__customer", "ticket__requester", "chat", "callback", "call"
    )
    return list(with_all.order_by("-made_at")[:MOST_OFFERS])


def lacks_of(agent: Agent) -> list[str]:
    """Return of which kinds of Offer.Kind something waits and nobody is there who takes any,
    as far as this agent was told and has not seen it. One query."""
    told = Notice.objects.filter(agent=agent, seen_at=None, event__verb=Verb.OFFERED)
    waits = Q(ticket__chats__ended_at=None, ticket__chats__agent=None, event__data__kind="chat")
    calls = Q(ticket__callbacks__ended_at=None, event__data__kind="callback")
    rings = Q(ticket__calls__ended_at=None, ticket__calls__agent=None, event__data__kind="call")
    kinds = told.filter(waits | calls | rings).values_list("event__data__kind", flat=True)
    return sorted(set(kinds))


def offers_to(agent: Agent) -> dict[Ticket, datetime | None]:
    """Return the claimed tickets that nobody has taken and this agent was told of, unseen, and
    when a first reply to each is due. What rings at them just now is not among them: that has
    a card of its own."""
    told = Notice.objects.filter(agent=agent, seen_at=None, event__verb=Verb.ESCALATED)
    rings = Offer.objects.filter(agent=agent, ended_at=None, kind=Offer.Kind.CRITICAL)
    told = told.exclude(ticket__in=rings.values("ticket"))
    free = told.filter(ticket__assignee=None).exclude(ticket__state=Ticket.State.RESOLVED)
    first = Clock.objects.awaited().filter(metric=Clock.Metric.FIRST_RESPONSE)
    due = first.filter(ticket=OuterRef("ticket")).values("due_at")[:1]
    notices = free.annotate(reply_due=Subquery(due)).select_related("ticket__customer")
    latest = notices.order_by("-pk")[:MOST_OFFERS]
    return {notice.ticket: notice.reply_due for notice in latest}


def _row(entry: Entry, at: datetime) -> Row:
    if entry.due_at is None or entry.started_at is None:
        return Row(entry, None, None)
    is_aim = entry.kind == Clock.Kind.AIM
    running = Running(entry.started_at, entry.due_at, entry.act_by, is_aim)
    return Row(entry, state_of(running, at), turns_at(running, at))

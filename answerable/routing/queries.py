"""The queue, least slack first. What it costs does not depend on how many tickets there are."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import OuterRef, Q, Subquery

from answerable.accounts.models import Agent
from answerable.routing.company import fresh_beside
from answerable.routing.core.order import Running, State, state_of, turns_at
from answerable.routing.counts_sql import Counts, Tallied, counts_of, tallied
from answerable.routing.filter_sql import Asker
from answerable.routing.models import Notice, Offer, Served
from answerable.routing.order_sql import FIRST_BELOW, Scope, Slice, among, every, ordered
from answerable.routing.rows_sql import Entry, entries_of
from answerable.routing.views import View
from answerable.sla.models import Clock
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket

MOST_COUNTED = 1000
MOST_SHOWN = 60
MOST_OFFERS = 20


@dataclass(frozen=True, slots=True)
class Row:
    """A ticket in the queue, how its clock stands, and when that changes next."""

    entry: Entry
    state: State | None
    turns_at: datetime | None


@dataclass(frozen=True, slots=True)
class Queue:
    """The band NOW, the rest in order, and how many there are."""

    now: list[Row]
    rows: list[Row]
    counts: Counts
    more: bool


def queue_for(view: View, asker: Asker, *, most: int = MOST_SHOWN, skip: int = 0) -> Queue:
    """Return a view of the queue as it stands at an instant, in its order.

    From `skip` on below the band NOW. Three queries: the order of each part, the tickets that
    are shown, and the count; one more in another order than least slack.
    """
    scope = view.scope(asker)
    order = ordered(scope, view.order, Slice(most + 1, skip), at=asker.at)
    now = [pk for rank, pk in order if rank < FIRST_BELOW][:most]
    rest = [pk for rank, pk in order if rank >= FIRST_BELOW]
    rows = rows_of([*now, *rest[:most]], at=asker.at)
    return Queue(
        now=[rows[pk] for pk in now if pk in rows],
        rows=[rows[pk] for pk in rest[:most] if pk in rows],
        counts=counts_of(scope, at=asker.at),
        more=len(rest) > most,
    )


def rows_of(numbers: Collection[int], *, at: datetime) -> dict[int, Row]:
    """Return the rows of these tickets, by number; resolved ones have no clock."""
    return {entry.ticket_id: _row(entry, at) for entry in entries_of(numbers)}


def still_in_view(view: View, asker: Asker, numbers: Sequence[int]) -> set[int]:
    """Return which of these tickets a view has, shown or not."""
    return among(view.scope(asker), numbers, at=asker.at)


def numbers_in(view: View, asker: Asker) -> list[int]:
    """Return the numbers of all tickets of a view that are not resolved."""
    return every(view.scope(asker), at=asker.at)


def counts_in(view: View, asker: Asker, known: Tallied | None = None) -> Counts:
    """Return how many tickets a view has, and how many of them are late and at risk."""
    return counts_of(view.scope(asker), at=asker.at, known=known)


def with_somebody(agent: Agent, *, at: datetime) -> int:
    """Return how many tickets that wait for a reply have somebody else on them."""
    known = tallied(at=at)
    everybodys = counts_of(Scope("all"), at=at, known=known).total
    own = counts_of(Scope("all", (agent.pk, 0)), at=at, known=known).total
    served = Served.objects.filter(ticket__assignee=None, ends_at__gt=at).exclude(agent=agent)
    visited = fresh_beside(agent, at=at).filter(
        Q(ticket__assignee=None) | Q(ticket__assignee=agent)
    )
    taken = {
        number
        for rows in (served, visited)
        for number in rows.exclude(ticket__state=Ticket.State.RESOLVED).values_list(
            "ticket", flat=True
        )
    }
    return everybodys - own + len(taken)


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

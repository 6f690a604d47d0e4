"""Does one thing to many tickets: each by itself, and all of it can be taken back at once."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.live.events import Changed, publish
from answerable.routing.models import Bulk
from answerable.tickets import actions as tickets
from answerable.tickets.actions.tagging import TooManyTags, tag_ticket
from answerable.tickets.actions.undoing import begin_undo, finish_undo, undoable
from answerable.tickets.models import Tag, Ticket, TicketEvent
from answerable.tickets.undo_ways import undo_ways

# As many are done while one waits; of more a job does the rest.
AT_ONCE = 100
MOST_KEPT = 50
REFUSED = (
    tickets.CannotHold,
    tickets.CannotMerge,
    tickets.OtherCustomer,
    tickets.ReasonMissing,
    tickets.UntilMissing,
    TooManyTags,
)
Facts = Mapping[str, Any]
Act = Callable[[Ticket, Facts, Agent, datetime], object]


def _assign(ticket: Ticket, facts: Facts, agent: Agent, at: datetime) -> None:
    if ticket.assignee_id != facts["to"]:
        to = Agent.objects.active().get(pk=facts["to"]) if facts["to"] else None
        tickets.assign(ticket, to=to, agent=agent, at=at)


def _label(ticket: Ticket, facts: Facts, agent: Agent, at: datetime) -> None:
    tag_ticket(ticket, Tag.objects.filter(pk__in=facts["tags"]), agent=agent, at=at)


def _hold(ticket: Ticket, facts: Facts, agent: Agent, at: datetime) -> None:
    until = datetime.fromisoformat(facts["until"]) if facts["until"] else None
    tickets.put_on_hold(
        ticket, kind=facts["kind"], reason=facts["reason"], until=until, agent=agent, at=at
    )


def _resolve(ticket: Ticket, facts: Facts, agent: Agent, at: datetime) -> None:
    tickets.resolve(ticket, agent=agent, contact=None, reason=facts["reason"], at=at)


def _merge(ticket: Ticket, facts: Facts, agent: Agent, at: datetime) -> None:
    if ticket.pk != facts["into"]:
        tickets.merge(Ticket.objects.get(pk=facts["into"]), ticket, agent=agent, at=at)


# What can be done to many: by which way it is taken back, and how it is done.
ACTS: Mapping[str, tuple[str, Act]] = {
    "assign": ("assignee", _assign),
    "label": ("tags", _label),
    "hold": ("state", _hold),
    "resolve": ("state", _resolve),
    "merge": ("merge", _merge),
}


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be done: the act and its facts, to which tickets, and what it is called.

    `since` is the last line of the log that its agent may have seen: what others changed since
    stays as they left it.
    """

    act: str
    facts: Facts
    numbers: Sequence[int]
    since: int
    did: str


@transaction.atomic
def begin_bulk(order: Order, *, agent: Agent, at: datetime) -> Bulk:
    """Note what is to be done to many tickets."""
    undo = begin_undo(agent=agent, did=order.did, at=at)
    return Bulk.objects.create(
        agent=agent,
        act=order.act,
        facts={**order.facts, "since": order.since},
        numbers=list(order.numbers),
        total=len(order.numbers),
        undo=undo,
        made_at=at,
    )


def go_on(bulk: Bulk, *, at: datetime, most: int = AT_ONCE) -> bool:
    """Do it to the next tickets, and say whether that were all. Whoever was first goes on."""
    begun = bulk.done + bulk.kept_count
    for number in bulk.numbers[begun : begun + most]:
        if _do(bulk, number, at):
            bulk.done += 1
        else:
            bulk.kept_count += 1
            bulk.kept = [*bulk.kept, number][:MOST_KEPT]
    is_over = bulk.done + bulk.kept_count >= bulk.total
    if is_over:
        bulk.ended_at = at
        if bulk.undo:
            finish_undo(bulk.undo, did=bulk.undo.did, at=at)
    bulk.save(update_fields=["done", "kept_count", "kept", "ended_at"])
    publish(Changed(f"notices-{bulk.agent_id}"))
    return is_over


def _do(bulk: Bulk, number: int, at: datetime) -> bool:
    """Do it to one ticket, and say whether it was done."""
    way, act = ACTS[bulk.act]
    ticket = Ticket.objects.filter(pk=number).first()
    if ticket is None or bulk.undo is None:
        return False
    try:
        with undoable(bulk.undo, ticket, way) as held:
            if _changed(held, bulk, way):
                return False
            act(held, bulk.facts, bulk.agent, at)
    except REFUSED:
        return False
    return True


def _changed(ticket: Ticket, bulk: Bulk, way: str) -> bool:
    """Say whether somebody else changed meanwhile what would be changed."""
    since = TicketEvent.objects.filter(ticket=ticket, pk__gt=bulk.facts["since"])
    lines = since.filter(verb__in=undo_ways()[way].verbs)
    return any(number != bulk.agent_id for number in lines.values_list("agent", flat=True))

"""Does one thing to many tickets: each by itself, and all of it can be taken back at once.

Each ticket is a transaction in which the act's row says that it is dealt with: who is killed
meanwhile, or whose job got lost, goes on where they were, and two runs take turns.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import InterfaceError, OperationalError, transaction

from answerable.accounts.models import Agent
from answerable.live.events import Changed, publish
from answerable.routing.models import Bulk
from answerable.tickets import actions as tickets
from answerable.tickets.actions.tagging import TooManyTags, tag_ticket
from answerable.tickets.actions.undoing import (
    begin_undo,
    claim_act,
    finish_undo,
    newest_undo,
    take_back_step,
    undoable,
)
from answerable.tickets.models import Tag, Ticket, TicketEvent, Undo, UndoStep
from answerable.tickets.undo_ways import undo_ways

log = logging.getLogger(__name__)

# As many are done while one waits; of more a job does the rest.
AT_ONCE = 100
MOST_KEPT = 50
# An act on more tickets than these is a mistake, or one for a program: filters narrow it down.
MOST = 10_000
# Of what is taken back, which is an act on many too.
TAKE_BACK = "undo"
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
    facts = {**order.facts, "since": order.since}
    return _begun(agent, order.act, facts, order.numbers, at, undo=undo)


@transaction.atomic
def begin_taking_back(agent: Agent, *, number: int | None = None, at: datetime) -> Bulk:
    """Note that what an agent did last, or the act of theirs with this number, is to be taken
    back on each ticket. What of it is still to be done is not done. Raises NothingToUndo."""
    if number is None:
        newest = newest_undo(agent, at=at)
        number = newest.pk if newest else 0
    Bulk.objects.filter(undo=number, agent=agent, ended_at=None).update(ended_at=at)
    act = claim_act(agent, number=number, at=at)
    steps = act.steps.order_by("-pk").values_list("pk", flat=True)
    return _begun(agent, TAKE_BACK, {"did": act.did}, list(steps), at, undo=None)


def go_on(bulk: Bulk, *, at: datetime, most: int = AT_ONCE) -> bool:
    """Do it to the next tickets, and say whether that were all."""
    for _each in range(most):
        if not _next(bulk, at):
            break
    publish(Changed(f"notices-{bulk.agent_id}"))
    return bulk.ended_at is not None


def _begun(
    agent: Agent,
    act: str,
    facts: Facts,
    numbers: Sequence[int],
    at: datetime,
    *,
    undo: Undo | None,
) -> Bulk:
    return Bulk.objects.create(
        agent=agent,
        act=act,
        facts=dict(facts),
        numbers=list(numbers),
        total=len(numbers),
        undo=undo,
        made_at=at,
        ended_at=None if numbers else at,
    )


@transaction.atomic
def _next(bulk: Bulk, at: datetime) -> bool:
    """Do it to one ticket, and say whether there are more. Its row is held meanwhile."""
    held = Bulk.objects.select_for_update(no_key=True).defer("numbers").get(pk=bulk.pk)
    bulk.done, bulk.kept, bulk.kept_count = held.done, held.kept, held.kept_count
    bulk.ended_at = held.ended_at
    begun = bulk.done + bulk.kept_count
    if bulk.ended_at is not None or begun >= bulk.total:
        return False
    _count(bulk, bulk.numbers[begun], at)
    if begun + 1 == bulk.total:
        bulk.ended_at = at
        if bulk.undo:
            finish_undo(bulk.undo, did=bulk.undo.did, at=at)
    bulk.save(update_fields=["done", "kept_count", "kept", "ended_at"])
    return bulk.ended_at is None


def _count(bulk: Bulk, number: int, at: datetime) -> None:
    """Do it to one ticket, and count on which side it belongs. What stumbles stops no other."""
    do = _take_back if bulk.act == TAKE_BACK else _do
    try:
        with transaction.atomic():
            kept = do(bulk, number, at)
    except (OperationalError, InterfaceError):
        raise
    except Exception:
        log.exception("%s of %s was not done.", bulk.act, number)
        kept = number
    if kept is None:
        bulk.done += 1
    else:
        bulk.kept_count += 1
        bulk.kept = [*bulk.kept, kept][:MOST_KEPT]


def _take_back(bulk: Bulk, number: int, at: datetime) -> int | None:
    """Take back one step; return its ticket where that was not done."""
    step = UndoStep.objects.select_related("ticket").filter(pk=number).first()
    if step is None or take_back_step(step, bulk.agent, at) is None:
        return None
    return step.ticket_id


def _do(bulk: Bulk, number: int, at: datetime) -> int | None:
    """Do it to one ticket; return its number where that was not done."""
    way, act = ACTS[bulk.act]
    ticket = Ticket.objects.filter(pk=number).first()
    if ticket is None or bulk.undo is None:
        return number
    try:
        with undoable(bulk.undo, ticket, way) as held:
            if _changed(held, bulk, way):
                return number
            act(held, bulk.facts, bulk.agent, at)
    except REFUSED:
        return number
    return None


def _changed(ticket: Ticket, bulk: Bulk, way: str) -> bool:
    """Say whether somebody else changed meanwhile what would be changed."""
    since = TicketEvent.objects.filter(ticket=ticket, pk__gt=bulk.facts["since"])
    lines = since.filter(verb__in=undo_ways()[way].verbs)
    return any(number != bulk.agent_id for number in lines.values_list("agent", flat=True))

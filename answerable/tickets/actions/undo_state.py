"""Takes back who has a ticket, its state with its hold, and a merge, by their actions."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import ReasonMissing
from answerable.tickets.actions.holds import CannotHold, UntilMissing, end_hold, put_on_hold
from answerable.tickets.actions.merging import CannotMerge, unmerge
from answerable.tickets.actions.state import assign, reopen, resolve
from answerable.tickets.events import Verb
from answerable.tickets.models import Callback, Hold, Merge, Ticket
from answerable.tickets.undo_ways import GONE, CannotTakeBack, Facts

State = Ticket.State


class Assignee:
    """Who has a ticket: taking and assigning."""

    verbs = frozenset({Verb.TAKEN, Verb.ASSIGNED, Verb.GIVEN_BACK})

    def facts(self, ticket: Ticket) -> Facts:
        """Return who has it."""
        return {"agent": ticket.assignee_id}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Give it to who had it; who is gone meanwhile cannot have it."""
        to = Agent.objects.active().filter(pk=facts["agent"]).first()
        if facts["agent"] and to is None:
            raise CannotTakeBack(GONE)
        assign(ticket, to=to, agent=agent, at=at)


class StateOf:
    """The state of a ticket: resolving, opening again, putting on hold, ending a hold."""

    verbs = frozenset(
        {Verb.RESOLVED, Verb.REOPENED, Verb.HELD, Verb.HOLD_ENDED, Verb.WROTE, Verb.ANSWERED}
    )

    def facts(self, ticket: Ticket) -> Facts:
        """Return its state, the hold that runs, and who waits for a call."""
        held = ticket.holds.filter(ended_at=None).first()
        waiting = Callback.objects.waiting().filter(ticket=ticket).order_by("pk")
        return {
            "state": ticket.state,
            "hold": _hold_facts(held) if held and ticket.state == State.HELD else None,
            "calls": list(waiting.values_list("pk", flat=True)),
        }

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Make its state what it was. A hold whose end has passed meanwhile is not put back."""
        was = facts["state"]
        if was == State.RESOLVED:
            _resolve_again(ticket, agent, at)
            return
        to = State.WAITING if was == State.WAITING else State.OPEN
        if ticket.state == State.RESOLVED:
            reopen(ticket, agent=agent, contact=None, at=at, to=to)
        elif ticket.state == State.HELD and was != State.HELD:
            end_hold(ticket, agent=agent, at=at, to=to)
        _let_wait_again(facts["calls"])
        if was == State.HELD:
            _hold_again(ticket, facts["hold"], agent, at)


class MergeOf:
    """Into which ticket another was merged."""

    verbs = frozenset({Verb.MERGED, Verb.UNMERGED, Verb.CONTINUED})

    def facts(self, ticket: Ticket) -> Facts:
        """Return the merge that holds, of a ticket that may have been merged away."""
        merge = Merge.objects.filter(merged=ticket, undone_at=None).first()
        return {"merge": merge.pk if merge else None}

    def put_back(self, ticket: Ticket, facts: Facts, *, agent: Agent, at: datetime) -> None:
        """Part what was merged."""
        merge = Merge.objects.filter(merged=ticket, undone_at=None).first()
        if merge is None or facts["merge"] is not None:
            raise CannotTakeBack(GONE)
        try:
            unmerge(merge, agent=agent, at=at)
        except CannotMerge as parted:
            raise CannotTakeBack(GONE) from parted


def _resolve_again(ticket: Ticket, agent: Agent, at: datetime) -> None:
    last = ticket.events.filter(verb=Verb.RESOLVED).order_by("-pk").first()
    data: dict[str, Any] = last.data if last else {}
    try:
        resolve(ticket, agent=agent, contact=None, reason=data.get("reason", ""), at=at)
    except ReasonMissing as missing:
        raise CannotTakeBack(GONE) from missing


def _let_wait_again(numbers: list[int]) -> None:
    """Let callers wait again whose calls were closed with it, unless they asked anew."""
    closed = Callback.objects.filter(pk__in=numbers, outcome=Callback.Outcome.CLOSED)
    for call in closed:
        if not Callback.objects.waiting().filter(contact=call.contact_id).exists():
            call.outcome, call.ended_at = "", None
            call.save(update_fields=["outcome", "ended_at"])


def _hold_facts(held: Hold) -> Facts:
    until = held.until.isoformat() if held.until else None
    return {"kind": held.kind, "reason": held.reason, "until": until}


def _hold_again(ticket: Ticket, held: Facts, agent: Agent, at: datetime) -> None:
    until = datetime.fromisoformat(held["until"]) if held["until"] else None
    if until and until <= at:
        return
    try:
        put_on_hold(
            ticket, kind=held["kind"], reason=held["reason"], until=until, agent=agent, at=at
        )
    except (CannotHold, UntilMissing) as refused:
        raise CannotTakeBack(GONE) from refused

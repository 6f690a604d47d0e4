"""Hands a call on: it rings at the next agent, and the first one leaves when they are there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent
from answerable.channels.voice.actions.beginning import InCall
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.core.handing import LONGEST_SENTENCE, Rings, ends_at
from answerable.channels.voice.models import Call, Transfer
from answerable.channels.voice.ways import Act, way_of
from answerable.live.events import Changed, publish
from answerable.tickets.actions import CallOver, ReasonMissing, assign
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent
from answerable.tickets.text import clean

Outcome = Transfer.Outcome
TALKING = {Call.State.CONNECTED, Call.State.HELD}


class NotInCall(Exception):
    """This agent is not the one who talks, or the call cannot be handed on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """To whom a call is handed on: to a colleague, or to whoever has a skill, which is called
    `team`. The next agent and the customer both read `sentence`."""

    sentence: str
    to: Agent | None = None
    skill: str = ""
    team: str = ""


@transaction.atomic
def hand_on(call: Call, onward: Onward, *, agent: Agent, at: datetime) -> Transfer:
    """Let a call ring at somebody else, and return that; while it rings already, as it is.

    Both talk on meanwhile. Raises ReasonMissing, NotInCall, or CallOver for one in which nobody
    talks.
    """
    held = hold_call_row(call)
    sentence = " ".join(clean(onward.sentence).split())[:LONGEST_SENTENCE]
    if not sentence:
        raise ReasonMissing
    if held.agent_id != agent.pk or Act.HAND_ON not in way_of(held).shown(held).acts:
        raise NotInCall
    if held.state not in TALKING:
        raise CallOver
    before = held.transfers.open().first()
    if before is not None:
        return before
    to = onward.to
    skill, team = ("", "") if to else (onward.skill, onward.team)
    transfer = held.transfers.create(
        by=agent, to=to, skill=skill, team=team, sentence=sentence, asked_at=at
    )
    held.events.create(kind="handed_on", at=at, data={"to": to.pk if to else None})
    _record(held, transfer, at)
    _publish(held)
    return transfer


@transaction.atomic
def take_over(call: Call, *, agent: Agent, phone: str = "", at: datetime) -> Call:
    """Let an agent come into a call that is handed on, and return it; it rings at theirs now.

    `phone` is where a provider rings them. Raises CallOver where somebody else comes, or nobody
    is waited for any more; InCall where they talk to somebody.
    """
    held = hold_call_row(call)
    transfer = held.transfers.open().select_related("by", "taken_by").first()
    if transfer is None or transfer.taken_by_id not in {None, agent.pk}:
        raise CallOver
    if transfer.taken_by_id == agent.pk:
        return held
    if Call.objects.going_on().filter(agent=agent).exists():
        raise InCall
    transfer.taken_by, transfer.taken_at, transfer.phone = agent, at, phone
    try:
        with transaction.atomic():
            transfer.save(update_fields=["taken_by", "taken_at", "phone"])
    except IntegrityError as error:
        raise InCall from error
    way_of(held).bring(held, transfer, at=at)
    _publish(held, agent)
    return held


def complete(call: Call, agent: Agent, *, at: datetime) -> bool:
    """Let a held call be of who takes it over, who is there now, and say whether it is.

    The first agent's ticket goes with it; a colleague's stays the colleague's. Where they talk
    to somebody else by now the call stays where it was.
    """
    transfer = call.transfers.open().filter(taken_by=agent).select_related("by").first()
    if transfer is None:
        return False
    call.agent, call.agent_phone = agent, transfer.phone
    try:
        with transaction.atomic():
            call.save(update_fields=["agent", "agent_phone"])
    except IntegrityError:
        call.refresh_from_db()
        _end(call, transfer, Outcome.NOT_TAKEN, at)
        return False
    _end(call, transfer, Outcome.DONE, at)
    _record(call, transfer, at)
    if call.ticket.assignee_id == transfer.by_id:
        assign(call.ticket, to=agent, agent=transfer.by, at=at)
    return True


@transaction.atomic
def keep_call(call: Call, outcome: str = Outcome.KEPT, *, at: datetime) -> None:
    """Let a call ring at nobody else any more: it stays where it is. Nothing else changes."""
    held = hold_call_row(call)
    transfer = held.transfers.open().select_related("by", "taken_by").first()
    if transfer is not None:
        way_of(held).call_back(held, transfer, at=at)
        _end(held, transfer, outcome, at)


def end_late_transfers(*, at: datetime) -> int:
    """Let calls stay where they are at which nobody came in time; return how many."""
    late = [one for one in Transfer.objects.open().select_related("call") if _is_late(one, at)]
    for transfer in late:
        keep_call(transfer.call, Outcome.NOT_TAKEN, at=at)
    return len(late)


def end_transfers_of(call: Call, *, at: datetime) -> None:
    """End what is open of a held call that is over."""
    for transfer in call.transfers.open().select_related("by", "taken_by"):
        _end(call, transfer, Outcome.OVER, at)


def _is_late(transfer: Transfer, at: datetime) -> bool:
    rings = Rings(
        asked_at=transfer.asked_at,
        to_one=transfer.to_id is not None,
        taken_at=transfer.taken_at,
    )
    return at >= ends_at(rings)


def _end(call: Call, transfer: Transfer, outcome: str, at: datetime) -> None:
    transfer.outcome, transfer.ended_at = outcome, at
    transfer.save(update_fields=["outcome", "ended_at"])
    _publish(call, *(one for one in (transfer.by, transfer.taken_by) if one))


def _record(call: Call, transfer: Transfer, at: datetime) -> None:
    to = transfer.taken_by or transfer.to
    data = {
        "call": call.pk,
        "to": to.name if to else transfer.team,
        "sentence": transfer.sentence,
        "done": transfer.outcome == Outcome.DONE,
    }
    event = TicketEvent(
        ticket=call.ticket, verb=Verb.CALL_HANDED_ON, agent=transfer.by, at=at, data=data
    )
    record(event)


def _publish(call: Call, *agents: Agent) -> None:
    publish(
        Changed(f"call-{call.key}"),
        Changed(f"ticket-{call.ticket_id}"),
        Changed(f"request-{call.ticket_id}"),
        *(Changed(f"notices-{agent.pk}") for agent in agents),
    )

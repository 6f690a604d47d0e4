"""Gives a call of somebody who dialled our number to an agent, and takes it back."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent, Contact
from answerable.channels.voice.actions.beginning import AlreadyCalled, InCall
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.models import Call
from answerable.channels.voice.ways import way_of
from answerable.live.events import Changed, publish
from answerable.tickets.actions import CallOver
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Callback, Ticket, TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class Caller:
    """Who dialled our number: from which one, whom we take them for, and whether they showed
    that they are (a number can be forged). `provider_key` is what the provider calls the call.
    """

    phone: str
    provider_key: str
    contact: Contact | None = None
    is_identified: bool = False


@transaction.atomic
def receive_call(ticket: Ticket, caller: Caller, way: str, *, at: datetime) -> Call:
    """Let somebody who dialled our number wait for an agent, and return the call.

    The same call of the provider's again is the call that there is. Whoever waits for a call
    that they asked for has it with this one, unless we are just calling them. Whoever calls
    this holds the ticket, where it was there before.
    """
    before = Call.objects.filter(provider_key=caller.provider_key).first()
    if before is not None:
        return before
    call = Call.objects.create(
        key=secrets.token_urlsafe(16),
        ticket=ticket,
        callback=_awaited(ticket, caller),
        contact=caller.contact,
        way=way,
        is_inbound=True,
        phone=caller.phone,
        is_identified=caller.is_identified,
        provider_key=caller.provider_key,
        dialled_at=at,
    )
    call.events.create(kind="begun", at=at)
    record(*_begun(call, caller))
    publish(Changed(f"call-{call.key}"))
    return call


def _begun(call: Call, caller: Caller) -> Iterator[TicketEvent]:
    facts = {"ticket": call.ticket, "contact": caller.contact, "at": call.dialled_at}
    data = {"call": call.pk, "way": call.way, "inbound": True}
    yield TicketEvent(verb=Verb.CALL_BEGUN, data=data, **facts)
    if caller.is_identified:
        shown = {"call": call.pk, "by": "support_code"}
        yield TicketEvent(verb=Verb.CALLER_IDENTIFIED, data=shown, **facts)


def _awaited(ticket: Ticket, caller: Caller) -> Callback | None:
    waiting = Callback.objects.waiting().filter(ticket=ticket, contact=caller.contact)
    callback = waiting.first() if caller.is_identified else None
    is_called = Call.objects.going_on().filter(callback=callback).exists()
    return None if callback is None or is_called else callback


def take_call(call: Call, *, agent: Agent, agent_phone: str = "", at: datetime) -> Call:
    """Let an agent have a caller who waits, and return the call; it rings at theirs now.

    Of two agents at once one has it: raises AlreadyCalled for the other, InCall where the agent
    talks to somebody else, CallOver where nobody waits any more.
    """
    try:
        with transaction.atomic():
            return _taken(call, agent, agent_phone, at)
    except IntegrityError as error:
        raise InCall from error


def _taken(call: Call, agent: Agent, agent_phone: str, at: datetime) -> Call:
    held = hold_call_row(call)
    if held.ended_at is not None:
        raise CallOver
    if held.agent_id == agent.pk:
        return held
    if held.agent_id is not None:
        raise AlreadyCalled(held)
    held.agent, held.agent_phone = agent, agent_phone
    held.save(update_fields=["agent", "agent_phone"])
    held.events.create(kind="taken", at=at, data={"agent": agent.pk})
    way_of(held).begin(held, at=at)
    publish(Changed(f"call-{held.key}"), Changed(f"ticket-{held.ticket_id}"))
    return held


@transaction.atomic
def give_back_call(call: Call, *, at: datetime) -> Call:
    """Let a caller wait for another agent: who took the call was not there (domain.md E74)."""
    held = hold_call_row(call)
    if held.ended_at is not None or held.connected_at is not None or held.agent_id is None:
        return held
    data = {"agent": held.agent_id}
    held.agent, held.agent_phone = None, ""
    held.save(update_fields=["agent", "agent_phone"])
    held.events.create(kind="given_back", at=at, data=data)
    publish(Changed(f"call-{held.key}"), Changed(f"ticket-{held.ticket_id}"))
    return held

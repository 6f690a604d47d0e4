"""Begins calls."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent
from answerable.channels.voice.models import Call
from answerable.channels.voice.ways import way_for, way_of
from answerable.live.events import Changed, publish
from answerable.tickets.actions import CallOver
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Callback, TicketEvent


class InCall(Exception):
    """This agent is in a call already."""


class AlreadyCalled(Exception):
    """Somebody calls this customer already: `call`."""

    def __init__(self, call: Call) -> None:
        super().__init__(call.pk)
        self.call = call


def begin_call(
    callback: Callback,
    way: str,
    *,
    agent: Agent,
    agent_phone: str = "",
    phone: str = "",
    at: datetime,
) -> Call:
    """Let an agent call a customer who asked for it, by a way of Call.Way; return the call.

    A way that is not ready is replaced by hand (call.way says which it is). `agent_phone` is
    where a provider rings the agent, `phone` another number of the customer's. Of two agents at
    once one calls: raises AlreadyCalled for the other, InCall where the agent talks to somebody
    else, CallOver where nobody waits.
    """
    way = way_for(callback, way, at=at)
    try:
        with transaction.atomic():
            return _begun(callback, way, agent, (agent_phone, phone or callback.phone), at)
    except IntegrityError as error:
        going = Call.objects.going_on().filter(callback=callback).first()
        if going is None:
            raise InCall from error
        if going.agent_id == agent.pk:
            return going
        raise AlreadyCalled(going) from error


def _begun(
    callback: Callback, way: str, agent: Agent, phones: tuple[str, str], at: datetime
) -> Call:
    _check(callback)
    agent_phone, phone = phones
    call = Call.objects.create(
        key=secrets.token_urlsafe(16),
        ticket=callback.ticket,
        callback=callback,
        contact=callback.contact,
        agent=agent,
        way=way,
        phone=phone,
        agent_phone=agent_phone,
        dialled_at=at,
    )
    call.events.create(kind="begun", at=at)
    record(
        TicketEvent(
            ticket=callback.ticket,
            verb=Verb.CALL_BEGUN,
            agent=agent,
            at=at,
            data={"call": call.pk, "way": way},
        )
    )
    way_of(call).begin(call, at=at)
    publish(Changed(f"call-{call.key}"))
    return call


def _check(callback: Callback) -> None:
    """Hold the ticket, and raise CallOver where nobody waits for the call any more."""
    hold(callback.ticket)
    if not Callback.objects.waiting().filter(pk=callback.pk).exists():
        raise CallOver

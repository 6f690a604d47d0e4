"""Begins calls."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent
from answerable.channels.voice.models import Call
from answerable.channels.voice.ways import Reached, way_for, way_of
from answerable.live.events import Changed, publish
from answerable.tickets.actions import CallOver
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Callback, Ticket, TicketEvent


class InCall(Exception):
    """This agent is in a call already."""


class AlreadyCalled(Exception):
    """Somebody calls this customer already: `call`."""

    def __init__(self, call: Call) -> None:
        super().__init__(call.pk)
        self.call = call


class NoNumber(Exception):
    """Nobody knows at which number this customer is called."""


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
    call = Call(
        ticket=callback.ticket,
        callback=callback,
        contact=callback.contact,
        agent=agent,
        way=way,
        phone=phone or callback.phone,
        agent_phone=agent_phone,
    )
    try:
        with transaction.atomic():
            _check(callback)
            return _begun(call, at)
    except IntegrityError as error:
        going = Call.objects.going_on().filter(callback=callback).first()
        if going is None:
            raise InCall from error
        if going.agent_id == agent.pk:
            return going
        raise AlreadyCalled(going) from error


def call_requester(
    ticket: Ticket, way: str, *, agent: Agent, agent_phone: str = "", phone: str, at: datetime
) -> Call:
    """Let an agent call who asks on a ticket, though they asked for no call; return the call.

    Raises NoNumber where the number is not one of theirs, AlreadyCalled while there is a call
    on the ticket, and InCall. It keeps what the plan counts a call for, as any.
    """
    contact = ticket.requester
    if contact is None or not phone or phone not in {contact.phone, contact.office_phone}:
        raise NoNumber
    call = Call(
        ticket=ticket,
        contact=contact,
        agent=agent,
        way=way_for(Reached(phone), way, at=at),
        phone=phone,
        agent_phone=agent_phone,
    )
    try:
        with transaction.atomic():
            hold(ticket)
            going = Call.objects.going_on().filter(ticket=ticket).first()
            if going is None:
                return _begun(call, at)
    except IntegrityError as error:
        raise InCall from error
    if going.agent_id == agent.pk:
        return going
    raise AlreadyCalled(going)


def _begun(call: Call, at: datetime) -> Call:
    call.key, call.dialled_at = secrets.token_urlsafe(16), at
    call.save()
    call.events.create(kind="begun", at=at)
    record(
        TicketEvent(
            ticket=call.ticket,
            verb=Verb.CALL_BEGUN,
            agent=call.agent,
            at=at,
            data={"call": call.pk, "way": call.way},
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

"""Writes what agents make of what is offered to them."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.chat.actions import ChatOver, take_chat
from answerable.channels.chat.models import Chat
from answerable.channels.voice.actions import (
    AlreadyCalled,
    begin_call,
    take_call,
    take_over,
)
from answerable.channels.voice.models import Call
from answerable.lib.locks import locked
from answerable.routing.actions.ringing import end_offers
from answerable.routing.actions.telling import mark_seen
from answerable.routing.models import Offer
from answerable.routing.people import ability_of
from answerable.tickets.actions import CallOver, TakenByOther, take
from answerable.tickets.models import Callback, Ticket

Taken = Chat | Call | Ticket


class OfferOver(Exception):
    """The offer has ended: rung out, withdrawn, or somebody else has what it was of, `by`."""

    def __init__(self, by: Agent | None = None) -> None:
        super().__init__(by.name if by else "")
        self.by = by


@transaction.atomic
def accept_offer(offer: Offer, *, agent: Agent, at: datetime) -> Taken:
    """Let an agent have what was offered to them, and return it: the chat they are in now, the
    call that rings, the ticket that is theirs.

    A chat's ticket becomes theirs. So does one of a call that nobody has; one of a colleague
    stays the colleague's, for whom they stand in (domain.md E88).
    Raises OfferOver, and what begin_call raises.
    """
    held = _held(offer, agent)
    end_offers([held], Offer.Outcome.TAKEN, at)
    if held.chat:
        return _chat(held.chat, agent, at)
    if held.kind == Offer.Kind.CRITICAL:
        return _take(held.ticket, agent, at)
    if held.kind == Offer.Kind.HANDED:
        return _taken_over(held, agent, at)
    _take_free(held.ticket, agent, at)
    if held.callback:
        return _call(held.callback, agent, at)
    return _answered(held, agent, at)


@transaction.atomic
def decline_offer(offer: Offer, *, agent: Agent, reason: str = "", at: datetime) -> None:
    """Note that an agent says: not now. It goes on to the next. Raises OfferOver."""
    held = _held(offer, agent)
    held.reason = reason[:100]
    end_offers([held], Offer.Outcome.DECLINED, at)
    if held.kind == Offer.Kind.CRITICAL:
        mark_seen(agent, ticket=held.ticket, at=at)


def _held(offer: Offer, agent: Agent) -> Offer:
    rows = locked(Offer.objects.filter(pk=offer.pk))
    held = rows.select_related("ticket", "chat", "callback", "call", "agent").get()
    if held.ended_at is not None or held.agent_id != agent.pk:
        raise OfferOver(_has(held))
    return held


def _has(offer: Offer) -> Agent | None:
    """Return who has what was offered."""
    if offer.chat:
        return offer.chat.agent
    if offer.call:
        return offer.call.agent if offer.kind == Offer.Kind.CALL else _comes(offer.call)
    if offer.callback:
        call = offer.callback.calls.order_by("-pk").first()
        return call.agent if call else None
    return offer.ticket.assignee


def _comes(call: Call) -> Agent | None:
    """Return who takes a call over, or did last."""
    taken = call.transfers.filter(taken_by__isnull=False).select_related("taken_by")
    last = taken.order_by("-pk").first()
    return last.taken_by if last else None


def _taken_over(offer: Offer, agent: Agent, at: datetime) -> Call:
    """Let an agent come into a call that a colleague hands on."""
    if offer.call is None:
        raise OfferOver
    try:
        return take_over(offer.call, agent=agent, phone=ability_of(agent).own_phone, at=at)
    except CallOver as over:
        raise OfferOver(_comes(offer.call)) from over


def _take(ticket: Ticket, agent: Agent, at: datetime) -> Ticket:
    try:
        return take(ticket, agent=agent, at=at)
    except TakenByOther as taken:
        raise OfferOver(taken.agent) from taken


def _take_free(ticket: Ticket, agent: Agent, at: datetime) -> None:
    """Take a ticket if nobody has it."""
    with suppress(TakenByOther):
        take(ticket, agent=agent, at=at)


def _chat(chat: Chat, agent: Agent, at: datetime) -> Chat:
    try:
        taken = take_chat(chat, agent=agent, at=at)
    except ChatOver as over:
        raise OfferOver from over
    if taken.agent_id != agent.pk:
        raise OfferOver(taken.agent)
    _take_free(chat.ticket, agent, at)
    return taken


def _call(callback: Callback, agent: Agent, at: datetime) -> Call:
    """Call a customer, in the way that the agent talks."""
    ability = ability_of(agent)
    way, phone = ability.call_way, ability.own_phone
    try:
        return begin_call(callback, way, agent=agent, agent_phone=phone, at=at)
    except AlreadyCalled as called:
        raise OfferOver(called.call.agent) from called


def _answered(offer: Offer, agent: Agent, at: datetime) -> Call:
    """Give a call to our number to an agent; of two at once the first has it."""
    if offer.call is None:
        raise OfferOver
    phone = ability_of(agent).own_phone
    try:
        return take_call(offer.call, agent=agent, agent_phone=phone, at=at)
    except AlreadyCalled as called:
        raise OfferOver(called.call.agent) from called
    except CallOver as over:
        raise OfferOver from over

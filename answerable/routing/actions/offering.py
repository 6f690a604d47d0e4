"""Writes what is offered to whom, and what they made of it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.chat.actions import take_chat
from answerable.channels.chat.models import Chat
from answerable.channels.voice.actions import begin_call
from answerable.channels.voice.models import Call
from answerable.live.events import Changed, publish
from answerable.routing.models import Offer
from answerable.tickets.actions import take
from answerable.tickets.models import Callback, Ticket

Taken = Chat | Call | Ticket


class OfferOver(Exception):
    """The offer has ended: taken by somebody, withdrawn, or rung out."""


@transaction.atomic
def accept_offer(offer: Offer, *, agent: Agent, at: datetime) -> Taken:
    """Let an agent have what was offered to them, and return it: the chat they are in now, the
    call that rings, the ticket that is theirs. Raises OfferOver, and what begin_call raises."""
    held = _held(offer, agent)
    _end(held, Offer.Outcome.TAKEN, at)
    take(held.ticket, agent=agent, at=at)
    if held.chat:
        return take_chat(held.chat, agent=agent, at=at)
    if held.callback:
        return _call(held.callback, agent, at)
    return held.call or held.ticket


def _call(callback: Callback, agent: Agent, at: datetime) -> Call:
    ability = getattr(agent, "ability", None)
    way = ability.call_way if ability else Call.Way.BROWSER
    phone = ability.own_phone if ability else ""
    return begin_call(callback, way, agent=agent, agent_phone=phone, at=at)


@transaction.atomic
def decline_offer(offer: Offer, *, agent: Agent, reason: str = "", at: datetime) -> None:
    """Note that an agent says: not now. Raises OfferOver."""
    held = _held(offer, agent)
    held.reason = reason[:100]
    _end(held, Offer.Outcome.DECLINED, at)


def _held(offer: Offer, agent: Agent) -> Offer:
    rows = Offer.objects.select_for_update(of=("self",)).select_related(
        "ticket", "chat", "callback", "call"
    )
    held = rows.get(pk=offer.pk)
    if held.ended_at is not None or held.agent_id != agent.pk:
        raise OfferOver
    return held


def _end(offer: Offer, outcome: str, at: datetime) -> None:
    offer.outcome, offer.ended_at = outcome, at
    offer.save(update_fields=["outcome", "ended_at", "reason"])
    publish(Changed(f"notices-{offer.agent_id}"))

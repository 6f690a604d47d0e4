"""Lets telephones ring: a row first, and a job that asks the provider."""

from __future__ import annotations

import secrets
from datetime import datetime

from answerable.channels.voice.models import Call, Transfer
from answerable.channels.voice.twilio.later import DIAL, defer
from answerable.channels.voice.twilio.models import Leg


def ring(
    call: Call | None, side: str, phone: str, *, language: str = "en", at: datetime
) -> Leg:
    """Let it ring at one side of a call, soon, and return the leg; without a call, at a test's.

    Called inside the transaction that holds the call.
    """
    leg = Leg.objects.create(
        call=call,
        side=side,
        key=secrets.token_urlsafe(16),
        phone=phone,
        language=language,
        made_at=at,
        heard_at=at,
    )
    defer(DIAL, leg.pk)
    return leg


def ring_agent(call: Call, *, at: datetime) -> Leg:
    """Let it ring at the telephone of a call's agent."""
    language = call.agent.language if call.agent else "en"
    return ring(call, Leg.Side.AGENT, call.agent_phone, language=language, at=at)


def ring_next(call: Call, transfer: Transfer, *, at: datetime) -> Leg:
    """Let it ring at the telephone of the agent to whom a call is handed on."""
    language = transfer.taken_by.language if transfer.taken_by else "en"
    return ring(call, Leg.Side.NEXT, transfer.phone, language=language, at=at)


def ring_contact(call: Call, *, at: datetime) -> Leg:
    """Let it ring at the customer's."""
    language = call.contact.language if call.contact else call.ticket.language
    return ring(call, Leg.Side.CONTACT, call.phone, language=language, at=at)

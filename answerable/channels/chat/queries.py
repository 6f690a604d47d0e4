"""Reads chats for pages and streams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.models import Chat, ChatEntry, ChatGuest, LineClosing
from answerable.entitlements.core.chat_policy import DEFAULT, ChatPolicy
from answerable.entitlements.core.facts import in_force
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.queries import facts_about

CHAT = "chat"


def entries_after(chat: Chat, seq: int, *, most: int = 500) -> Sequence[ChatEntry]:
    """Return the entries of a chat after a number, in order. One query."""
    rows = ChatEntry.objects.filter(chat=chat, seq__gt=seq).order_by("seq")
    return list(rows.select_related("message", "agent", "contact")[:most])


def line_is_open() -> bool:
    """Say whether new people are let into the line."""
    return not LineClosing.objects.filter(opened_at=None).exists()


def is_in(chat: Chat, agent: Agent) -> bool:
    """Say whether an agent has a chat, or was brought into it."""
    if chat.agent_id == agent.pk:
        return True
    return ChatGuest.objects.filter(chat=chat, agent=agent, left_at=None).exists()


def policy_for(contact: Contact, at: datetime) -> ChatPolicy:
    """Return what the plan of a contact says of chats; of several, the first that has them."""
    return next(
        (terms.chats for terms in _terms(contact, at) if CHAT in terms.channels),
        DEFAULT,
    )


def _terms(contact: Contact, at: datetime) -> Sequence[Terms]:
    bought = in_force(facts_about(contact).bought, at)
    return [one.terms for one in bought if one.term.covers(at)]

"""Ends chats; the ticket goes on, with all that was said."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.chat.actions.held import add_entry, hold_chat
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent


@transaction.atomic
def end_chat(chat: Chat, end: str, *, agent: Agent | None = None, at: datetime) -> ChatEntry:
    """End a chat for a reason of Chat.End, and return its last entry. Raises ChatOver."""
    held = hold_chat(chat)
    held.end, held.ended_at = end, at
    entry = add_entry(held, ChatEntry.Kind.ENDED, at=at, agent=agent, data={"end": end})
    held.save(update_fields=["end", "ended_at", "last_seq"])
    contact = held.contact if end == Chat.End.CONTACT else None
    record(
        TicketEvent(
            ticket=held.ticket,
            verb=Verb.CHAT_ENDED,
            agent=agent,
            contact=contact,
            at=at,
            data={"end": end},
        )
    )
    return entry

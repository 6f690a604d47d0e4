"""Writes what people say in a chat, in the order in which it reached us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.actions.held import add_entry, hold_chat
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.tickets.actions.chatting import chat_line

Kind = ChatEntry.Kind
Side = Chat.Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What somebody says: exactly one of agent and contact. `token` is the same each time its
    page sends it."""

    body: str
    token: str
    agent: Agent | None = None
    contact: Contact | None = None

    @property
    def side(self) -> Side:
        """Which side says it."""
        return Side.AGENT if self.agent else Side.CONTACT


@transaction.atomic
def say(chat: Chat, line: Line, *, at: datetime) -> ChatEntry:
    """Add a line to a chat, and return its entry; the same token again returns the one there.

    Where it changes whose turn it is, clocks are told: what an agent says in a chat counts
    when it is stored (ux.md 8.4). Raises ChatOver, Empty or TooLong.
    """
    held = hold_chat(chat)
    before = held.entries.filter(token=line.token).first()
    if before:
        return before
    answers = line.side == held.turn
    message = chat_line(
        held.ticket,
        body=line.body,
        agent=line.agent,
        contact=line.contact,
        turns=answers,
        at=at,
    )
    entry = add_entry(
        held,
        Kind.SAID,
        at=at,
        agent=line.agent,
        contact=line.contact,
        message=message,
        token=line.token,
    )
    if answers:
        held.turn = Side.CONTACT if line.agent else Side.AGENT
        held.turn_since = at
    held.save(update_fields=["last_seq", "turn", "turn_since"])
    return entry

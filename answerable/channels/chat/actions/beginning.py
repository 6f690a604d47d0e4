"""Begins chats: a customer asks for one, and somebody of ours comes."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.actions.held import add_entry, hold_chat, keep
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.queries import line_is_open, policy_for
from answerable.channels.chat.reading import queue_at
from answerable.channels.chat.wire import tell_line
from answerable.entitlements.core.chat_policy import policy_as_json
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, ask_for_chat, open_ticket, pick_up_chat
from answerable.tickets.models import Message

Kind = ChatEntry.Kind


class ChatOpen(Exception):
    """This person is in a chat already: `chat`."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat.pk)
        self.chat = chat


class LineClosed(Exception):
    """Nobody new is let into the line: what is written is sent as a request."""


@transaction.atomic
def begin_chat(
    opening: Opening, *, contact: Contact, at: datetime, closes_at: datetime | None = None
) -> Chat:
    """Open a ticket for a chat that a contact asks for, and return the chat, which waits.

    Its first entry is what they asked. `closes_at` is when chats end for the day. A person is
    in one chat at a time: raises ChatOpen, unless it is the same form that was sent again.
    Raises LineClosed, Empty or TooLong.
    """
    held = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    before = held.chats.filter(ended_at=None).select_related("ticket").first()
    if before:
        if opening.submission and before.ticket.submission == opening.submission:
            return before
        raise ChatOpen(before)
    if not line_is_open():
        raise LineClosed
    ticket = open_ticket(opening, at=at)
    usual = queue_at(at).usual
    chat = Chat.objects.create(
        key=secrets.token_urlsafe(16),
        ticket=ticket,
        contact=held,
        asked_at=at,
        turn_since=at,
        contact_here_at=at,
        policy=policy_as_json(policy_for(held, at)),
        expected_seconds=round(usual.total_seconds()) if usual is not None else None,
        closes_at=closes_at,
    )
    first = ticket.messages.filter(kind=Message.Kind.MESSAGE).earliest("pk")
    has_files = first.attachments.exists()
    data = {"files": True} if has_files else {}
    add_entry(chat, Kind.SAID, at=at, contact=held, message=first, data=data)
    keep(chat, "last_seq")
    ask_for_chat(ticket, contact=held, at=at)
    tell_line()
    return chat


@transaction.atomic
def take_chat(chat: Chat, *, agent: Agent, at: datetime) -> Chat:
    """Let an agent into a chat that waits; of two at once the first has it.

    The promise of a chat is kept by this, and its ticket is the agent's. Who comes second gets
    the chat with its agent. Raises ChatOver.
    """
    held = hold_chat(chat)
    if held.agent_id is not None:
        return held
    held.agent, held.skill = agent, ""
    if held.picked_up_at is None:
        held.picked_up_at = at
        pick_up_chat(held.ticket, agent=agent, at=at)
    add_entry(held, Kind.JOINED, at=at, agent=agent)
    keep(held, "agent", "skill", "picked_up_at", "last_seq")
    give_ticket(held, agent, at=at)
    tell_line()
    return held


def give_ticket(chat: Chat, agent: Agent, *, at: datetime) -> None:
    """Let the ticket of a held chat be an agent's, whoever had it."""
    ticket = chat.ticket
    if ticket.assignee_id is None:
        tickets.take(ticket, agent=agent, at=at)
    elif ticket.assignee_id != agent.pk:
        tickets.assign(ticket, to=agent, agent=agent, at=at)

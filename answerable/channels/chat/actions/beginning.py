"""Begins chats: a customer asks for one, and somebody of ours comes."""

from __future__ import annotations

import secrets
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.actions.held import add_entry, hold_chat
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.tickets.actions import Opening, ask_for_chat, open_ticket, pick_up_chat
from answerable.tickets.models import Message

Kind = ChatEntry.Kind


class ChatOpen(Exception):
    """This person is in a chat already: `chat`."""

    def __init__(self, chat: Chat) -> None:
        super().__init__(chat.pk)
        self.chat = chat


@transaction.atomic
def begin_chat(opening: Opening, *, contact: Contact, at: datetime) -> Chat:
    """Open a ticket for a chat that a contact asks for, and return the chat, which waits.

    Its first entry is what they asked. A person is in one chat at a time: raises ChatOpen,
    unless it is the same form that was sent again. Raises Empty or TooLong.
    """
    held = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    before = held.chats.filter(ended_at=None).select_related("ticket").first()
    if before:
        if opening.submission and before.ticket.submission == opening.submission:
            return before
        raise ChatOpen(before)
    ticket = open_ticket(opening, at=at)
    chat = Chat.objects.create(
        key=secrets.token_urlsafe(16),
        ticket=ticket,
        contact=held,
        asked_at=at,
        turn_since=at,
        contact_here_at=at,
    )
    first = ticket.messages.filter(kind=Message.Kind.MESSAGE).earliest("pk")
    add_entry(chat, Kind.SAID, at=at, contact=held, message=first)
    chat.save(update_fields=["last_seq"])
    ask_for_chat(ticket, contact=held, at=at)
    return chat


@transaction.atomic
def take_chat(chat: Chat, *, agent: Agent, at: datetime) -> Chat:
    """Let an agent into a chat that waits; of two at once the first has it.

    The promise of a chat is kept by this. Who comes second gets the chat with its agent.
    Raises ChatOver.
    """
    held = hold_chat(chat)
    if held.agent_id is not None:
        return held
    held.agent = agent
    if held.picked_up_at is None:
        held.picked_up_at = at
        pick_up_chat(held.ticket, agent=agent, at=at)
    add_entry(held, Kind.JOINED, at=at, agent=agent)
    held.save(update_fields=["agent", "picked_up_at", "last_seq"])
    return held

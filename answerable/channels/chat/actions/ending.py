"""Ends chats; the ticket goes on, with all that was said."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.chat.actions.held import (
    ChatOver,
    add_entry,
    hold_chat,
    policy_of,
)
from answerable.channels.chat.actions.mailing import mail_copy, mail_unseen
from answerable.channels.chat.models import Chat, ChatEntry, ChatGuest
from answerable.channels.chat.wire import tell_line
from answerable.entitlements.core.chat_policy import AGENT, CUSTOMER
from answerable.tickets.actions import leave_chat
from answerable.tickets.actions.chatting import move_to_mail
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

End = Chat.End
# Ends by which a conversation goes on by mail.
MOVED = {End.UNANSWERED, End.CLOSED, End.IDLE, End.GONE, End.ABANDONED}
# Ends by which a customer who waited for somebody gave up waiting (domain.md E81).
GIVEN_UP = {End.CONTACT, End.ABANDONED}


@transaction.atomic
def end_chat(chat: Chat, end: str, *, agent: Agent | None = None, at: datetime) -> ChatEntry:
    """End a chat for a reason of Chat.End, and return its last entry. Raises ChatOver.

    One clock throughout: nothing that runs on the ticket stops by this. A chat to which nobody
    came goes on as a request by mail, which is promised what it would have been promised had
    it come so from the beginning (E80, E83).
    """
    held = hold_chat(chat)
    held.end, held.ended_at, held.wakes_at = end, at, None
    contact = held.contact if end == End.CONTACT else None
    if held.picked_up_at is None and end in GIVEN_UP:
        leave_chat(held.ticket, contact=held.contact, at=at)
    data: dict[str, Any] = {"end": end}
    if end in MOVED:
        data |= _moved(held, end, at)
    entry = add_entry(
        held, ChatEntry.Kind.ENDED, at=at, agent=agent, contact=contact, data=data
    )
    held.save(update_fields=["end", "ended_at", "wakes_at", "last_seq"])
    ChatGuest.objects.filter(chat=held, left_at=None).update(left_at=at)
    record(
        TicketEvent(
            ticket=held.ticket,
            verb=Verb.CHAT_ENDED,
            agent=agent,
            contact=contact,
            at=at,
            data={"end": end, "chat": held.pk},
        )
    )
    _mail(held, at)
    tell_line()
    return entry


def _moved(chat: Chat, end: str, at: datetime) -> dict[str, Any]:
    """Let the ticket of a held chat go on by mail; return what its customer reads of that."""
    by_mail = chat.picked_up_at is None
    due_at = move_to_mail(chat.ticket, why=end, is_new=by_mail, at=at)
    return {"number": chat.ticket_id, "due_at": due_at.isoformat() if due_at else None}


def _mail(chat: Chat, at: datetime) -> None:
    """Mail what the customer has not seen, and copies to whom the plan names."""
    readers = policy_of(chat).transcript_to
    if CUSTOMER in readers:
        mail_copy(chat, to=CUSTOMER, at=at)
    elif chat.contact_left_at is not None:
        mail_unseen(chat, at=at)
    if AGENT in readers and chat.agent_id is not None:
        mail_copy(chat, to=AGENT, at=at)


def end_if_open(chat: Chat, end: str, *, at: datetime) -> None:
    """End a chat by itself; one that has ended stays as it ended."""
    try:
        end_chat(chat, end, at=at)
    except ChatOver:
        return

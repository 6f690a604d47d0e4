"""Lets what was said in a chat go by mail: to who has left, and to who wants a copy.

This room knows no mail. It writes a line in the ticket's log that says what is to be mailed to
whom, and the mail room reacts to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from answerable.channels.chat.actions.held import unseen
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.entitlements.core.chat_policy import CUSTOMER
from answerable.tickets.events import Verb, record
from answerable.tickets.models import TicketEvent

UNSEEN, COPY = "unseen", "copy"


def mail_unseen(chat: Chat, *, at: datetime) -> bool:
    """Mail a customer who has left what we said meanwhile; say whether there was anything.

    The chat is held by the caller. Nothing is mailed twice.
    """
    lines = unseen(chat)
    if not lines:
        return False
    chat.mailed_seq = lines[-1].seq
    chat.save(update_fields=["mailed_seq"])
    _ask(chat, lines, what=UNSEEN, to=CUSTOMER, at=at)
    return True


@transaction.atomic
def mail_copy(chat: Chat, *, to: str, at: datetime) -> None:
    """Mail all that was said in a chat to its "customer" or its "agent"."""
    said = chat.entries.filter(kind=ChatEntry.Kind.SAID).order_by("seq")
    lines = list(said.select_related("message"))
    if lines:
        _ask(chat, lines, what=COPY, to=to, at=at)


def _ask(chat: Chat, lines: Sequence[ChatEntry], *, what: str, to: str, at: datetime) -> None:
    agent = chat.agent if chat.agent_id else None
    data = {
        "chat": chat.pk,
        "mail": what,
        "to": to,
        "messages": [line.message_id for line in lines],
    }
    event = TicketEvent(
        ticket=chat.ticket, verb=Verb.CHAT_MOVED, agent=agent, contact=chat.contact, at=at
    )
    event.data = data
    record(event)

"""Chats for tests, set up as people set them up."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from answerable.accounts.models import Contact
from answerable.cast import Cast
from answerable.channels.chat.actions import Line, begin_chat, say, take_chat
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Ticket

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)


def begun(
    cast: Cast,
    at: datetime,
    *,
    contact: Contact | None = None,
    closes_at: datetime | None = None,
    **more: Any,
) -> Chat:
    """Dana, or who is named, asks for a chat, and waits."""
    asking = contact or cast.dana
    opening = Opening(
        sender=Sender(contact=asking, channel=Ticket.Channel.CHAT),
        body="Exports fail",
        channel=Ticket.Channel.CHAT,
        **more,
    )
    return begin_chat(opening, contact=asking, at=at, closes_at=closes_at)


def taken(cast: Cast, at: datetime) -> Chat:
    """Dana asks for a chat, and Ana comes."""
    return take_chat(begun(cast, at), agent=cast.ana, at=at)


def answered(cast: Cast, at: datetime) -> Chat:
    """Ana has asked Dana something, and waits for her."""
    chat = taken(cast, at)
    say(chat, Line(body="Which exports?", token="ana-1", agent=cast.ana), at=at)
    return fresh(chat)


def fresh(chat: Chat) -> Chat:
    """The chat as it is stored now."""
    return Chat.objects.get(pk=chat.pk)


def kinds(chat: Chat) -> list[str]:
    """The kinds of a chat's entries, in order."""
    return list(
        ChatEntry.objects.filter(chat=chat).order_by("seq").values_list("kind", flat=True)
    )

"""What every action in a chat needs: the chat's row held, and its next entry."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.wire import tell


class ChatOver(Exception):
    """The chat has ended; what is written belongs on its ticket."""


def hold_chat(chat: Chat) -> Chat:
    """Return the chat with its row locked until the transaction ends. Raises ChatOver."""
    held = Chat.objects.select_for_update(no_key=True).get(pk=chat.pk)
    if held.ended_at is not None:
        raise ChatOver
    return held


def add_entry(chat: Chat, kind: str, *, at: datetime, **facts: Any) -> ChatEntry:
    """Write the next entry of a held chat, and tell both sides once this is committed.

    The chat itself is saved by the caller.
    """
    chat.last_seq += 1
    entry = ChatEntry.objects.create(chat=chat, seq=chat.last_seq, kind=kind, at=at, **facts)
    tell(chat)
    return entry

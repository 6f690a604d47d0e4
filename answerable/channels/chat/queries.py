"""Reads chats for pages and streams."""

from __future__ import annotations

from collections.abc import Sequence

from answerable.channels.chat.models import Chat, ChatEntry


def entries_after(chat: Chat, seq: int, *, most: int = 500) -> Sequence[ChatEntry]:
    """Return the entries of a chat after a number, in order. One query."""
    rows = ChatEntry.objects.filter(chat=chat, seq__gt=seq).order_by("seq")
    return list(rows.select_related("message", "agent", "contact")[:most])

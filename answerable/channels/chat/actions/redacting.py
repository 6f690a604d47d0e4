"""Lets pages with a chat on them read a line anew that something was taken out of."""

from __future__ import annotations

from answerable.channels.chat.actions.held import ChatOver, add_entry, hold_chat, keep
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.tickets.actions.redacting import Removed

Kind = ChatEntry.Kind


def tell_pages(removed: Removed) -> None:
    """Say in chats that go on that lines read otherwise now: both sides show them anew."""
    for chat in Chat.objects.open().filter(ticket__in=removed.family).order_by("pk"):
        try:
            held = hold_chat(chat)
        except ChatOver:
            continue
        lines = held.entries.filter(kind=Kind.SAID, message__in=removed.messages)
        for line in lines.select_related("message").order_by("seq"):
            add_entry(
                held,
                Kind.EDITED,
                of=line.seq,
                message=line.message,
                agent=removed.removal.agent,
                at=removed.at,
            )
        keep(held, "last_seq")

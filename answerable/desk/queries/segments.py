"""The chats in a ticket's timeline: each is one entry, with what was said in it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, OuterRef

from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.reading import files_of
from answerable.channels.chat.shown import entry_data
from answerable.desk.queries.chat import address_in
from answerable.tickets.models import Ticket

# So many lines of chats at the most are in one window, and of each one so many at least.
MOST, FEWEST = 300, 20
HAS_CHATS = Exists(Chat.objects.filter(ticket=OuterRef("pk")))
CHANGES = (ChatEntry.Kind.EDITED, ChatEntry.Kind.DELETED)


@dataclass(frozen=True, slots=True)
class Segment:
    """A chat, and its last entries as they read now; `edited` are the numbers of those changed.

    What opened the ticket stands in the timeline by itself, and is no line of it.
    """

    chat: Chat
    lines: Sequence[Mapping[str, Any]]
    edited: frozenset[int]
    count: int


def open_chat(ticket: Ticket) -> Chat | None:
    """Return the chat that goes on on a ticket; no query where there is none."""
    if not has_chats(ticket):
        return None
    return Chat.objects.open().filter(ticket=ticket).first()


def has_chats(ticket: Ticket) -> bool:
    """Say whether people chatted on a ticket; it was asked along with the ticket."""
    return bool(getattr(ticket, "has_chats", True))


def segments_of(ticket: Ticket, asked_at: Collection[datetime]) -> dict[datetime, Segment]:
    """Return the chats of a ticket that were asked for at these instants, by these.

    Of many chats together each has fewer lines, so that a window of them stays small.
    """
    chats = Chat.objects.filter(ticket=ticket, asked_at__in=asked_at)
    found = list(chats.select_related("agent", "contact"))
    most = max(MOST // max(len(found), 1), FEWEST)
    return {chat.asked_at: _segment(chat, most) for chat in found}


def _segment(chat: Chat, most: int) -> Segment:
    rows = chat.entries.select_related("message", "agent", "contact").order_by("-seq")
    found = list(rows[:most])[::-1]
    files, address = files_of(found), address_in(chat)
    shown = [one for one in found if one.seq > 1 and one.kind not in CHANGES]
    return Segment(
        chat=chat,
        lines=[
            entry_data(one, Chat.Side.AGENT, files.get(one.message_id or 0, ()), address)
            for one in shown
        ],
        edited=frozenset(one.of or 0 for one in found if one.kind == ChatEntry.Kind.EDITED),
        count=sum(one.kind == ChatEntry.Kind.SAID for one in shown),
    )

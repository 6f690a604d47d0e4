"""Reads what is new in many chats at once, for the streams of a process.

However many pages are open, a process asks once for all that changed meanwhile.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.db.models.expressions import RawSQL

from answerable.channels.chat.models import Chat, ChatEntry
from answerable.lib.ready import Given, GivenNumbers, Ready
from answerable.lib.waits import usual_wait
from answerable.tickets.beside import attachments_of
from answerable.tickets.models import Attachment

# Entries that are read at once, over all chats. What is left is read next.
MOST_ENTRIES = 2000
LOOKS_BACK = timedelta(hours=2)
MOST_SAMPLES = 1000

WANTED = """
SELECT entry.id FROM unnest(%s::bigint[], %s::integer[]) AS wanted (chat, after)
JOIN chat_chatentry AS entry ON entry.chat_id = wanted.chat AND entry.seq > wanted.after
ORDER BY entry.chat_id, entry.seq LIMIT %s
"""
Files = Mapping[int, Sequence[Attachment]]


@dataclass(frozen=True, slots=True)
class News:
    """How a chat stands, and its entries after a number; `rest`: there are more."""

    chat: Chat
    after: int
    entries: Sequence[ChatEntry]
    files: Files
    rest: bool


@dataclass(frozen=True, slots=True)
class Queue:
    """Who waits, the first at place 0, and within what most were reached lately."""

    places: Mapping[int, int]
    usual: timedelta | None


def news_of(after: Mapping[int, int]) -> list[News]:
    """Return what is new in chats, each after its own number. Two queries, three with files."""
    numbers, seqs = list(after), list(after.values())
    chats = CHATS.all(chats=numbers)
    found = ENTRIES.all(chats=numbers, seqs=seqs)
    files = files_of(found)
    by_chat: dict[int, list[ChatEntry]] = defaultdict(list)
    for entry in found:
        by_chat[entry.chat_id].append(entry)
    return [_news(chat, by_chat[chat.pk], files, after[chat.pk]) for chat in chats]


def files_of(entries: Sequence[ChatEntry]) -> Files:
    """Return the files that came with entries, by the numbers of their messages."""
    having = (one.message_id for one in entries if one.data.get("files"))
    return attachments_of([number for number in having if number])


def queue_at(at: datetime) -> Queue:
    """Return who waits for a chat, and how long others waited in the last two hours."""
    waiting = Chat.objects.waiting().values_list("pk", flat=True)
    places = {pk: place for place, pk in enumerate(waiting)}
    if not places:
        return Queue(places, None)
    lately = Chat.objects.filter(picked_up_at__gt=at - LOOKS_BACK, picked_up_at__lte=at)
    pairs = lately.order_by("-picked_up_at").values_list("picked_up_at", "asked_at")
    waits = [end - begin for end, begin in pairs[:MOST_SAMPLES] if end]
    return Queue(places, usual_wait(waits))


def _entries() -> QuerySet[ChatEntry]:
    pks = RawSQL(WANTED, [Given("chats"), Given("seqs"), MOST_ENTRIES])  # noqa: S611
    rows = ChatEntry.objects.filter(pk__in=pks).order_by("chat", "seq")
    return rows.select_related("message", "agent", "contact")


CHATS = Ready(
    lambda: Chat.objects.filter(pk__in=GivenNumbers("chats")).select_related("agent", "contact")
)
ENTRIES = Ready(_entries)


def _news(chat: Chat, entries: Sequence[ChatEntry], files: Files, after: int) -> News:
    last = entries[-1].seq if entries else after
    return News(chat, after, entries, files, rest=last < chat.last_seq)

"""What is found in one conversation: messages and notes that have some words, latest first."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from answerable.desk.queries.window import SPOKEN
from answerable.lib import times
from answerable.tickets.models import Message, Ticket

MOST_HITS = 50
BEFORE, AFTER = 40, 120  # characters that are shown on both sides of what was found


@dataclass(frozen=True, slots=True)
class Hit:
    """A message that has the words: its entry, who wrote it when, and what stands around."""

    entry: int
    author: str
    when: str
    is_note: bool
    before: str
    words: str
    after: str


def said_in(ticket: Ticket, words: str, at: datetime, zone: tzinfo) -> list[Hit]:
    """Return the latest messages and notes of a ticket that have these words as they stand, in
    capitals or not. One query, which reads this ticket's messages alone."""
    kinds = [*Message.PUBLIC, Message.Kind.NOTE]
    found = ticket.events.filter(verb__in=SPOKEN, message__kind__in=kinds)
    rows = found.filter(message__body__icontains=words).order_by("-pk")
    with_all = rows.select_related("message__agent", "message__contact")[:MOST_HITS]
    return [
        _hit(event.pk, event.message, words, at, zone) for event in with_all if event.message
    ]


def _hit(entry: int, message: Message, words: str, now: datetime, zone: tzinfo) -> Hit:
    start = max(message.body.lower().find(words.lower()), 0)
    end = start + len(words)
    return Hit(
        entry=entry,
        author=message.author,
        when=times.moment(message.written_at, now, zone),
        is_note=message.kind == Message.Kind.NOTE,
        before=_line(message.body[max(start - BEFORE, 0) : start]),
        words=message.body[start:end],
        after=_line(message.body[end : end + AFTER]),
    )


def _line(text: str) -> str:
    return " ".join(text.split("\n"))

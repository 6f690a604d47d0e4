"""Changes what was said, within a minute: both sides see that it was changed."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Max, Min

from answerable.channels.chat.actions.held import Writer, add_entry, by, hold_chat, keep
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.tickets.actions.chatting import take_back_line, write_line_anew

Kind = ChatEntry.Kind
WITHIN = timedelta(minutes=1)


class TooLate(Exception):
    """It was said more than a minute ago, and stays."""


class NotTheirs(Exception):
    """Somebody else said it, or nobody did, or it was taken back."""


class OnlyAnswer(Exception):
    """It is our only answer to what the customer said, and stays; it may be edited."""


class FirstLine(Exception):
    """It is what the request began with, and stays; it may be edited."""


@transaction.atomic
def edit(chat: Chat, seq: int, body: str, *, writer: Writer, at: datetime) -> ChatEntry:
    """Let a line read otherwise, and return the entry that says so.

    What it said before stays in that entry, for the vendor's eyes. Asked for again, it is the
    entry that is there. Raises TooLate, NotTheirs, ChatOver, Empty or TooLong.
    """
    held, line = _own_line(chat, seq, writer, at)
    message = line.message
    if message is None:
        raise NotTheirs
    before = message.body
    write_line_anew(message, body)
    newest = held.entries.filter(of=seq).order_by("-seq").first()
    if before == message.body and newest:
        return newest
    entry = add_entry(
        held, Kind.EDITED, of=seq, at=at, message=message, data={"before": before}, **by(writer)
    )
    keep(held, "last_seq")
    return entry


@transaction.atomic
def unsay(chat: Chat, seq: int, *, writer: Writer, at: datetime) -> ChatEntry:
    """Take a line back with its files, and return the entry that says so.

    Nobody reads it any more, nor what it said before. An answer of ours that is the only one
    since the customer wrote kept a promise, and stays: it may be edited. So does the line with
    which the request began. Asked for again, it is the entry that is there. Raises OnlyAnswer,
    FirstLine, TooLate, NotTheirs or ChatOver.
    """
    if done := chat.entries.filter(of=seq, kind=Kind.DELETED, **by(writer)).first():
        return done
    held, line = _own_line(chat, seq, writer, at)
    if line.message is None:
        raise NotTheirs
    if _is_only_answer(held, line):
        raise OnlyAnswer
    if seq == 1:
        raise FirstLine
    take_back_line(line.message)
    held.entries.filter(of=seq, kind=Kind.EDITED).update(data={})
    entry = add_entry(held, Kind.DELETED, of=seq, at=at, message=line.message, **by(writer))
    keep(held, "last_seq")
    return entry


def _own_line(chat: Chat, seq: int, writer: Writer, at: datetime) -> tuple[Chat, ChatEntry]:
    held = hold_chat(chat)
    lines = held.entries.filter(seq=seq, kind=Kind.SAID, **by(writer))
    line = lines.select_related("message").first()
    if line is None or held.entries.filter(of=seq, kind=Kind.DELETED).exists():
        raise NotTheirs
    if at - line.at > WITHIN:
        raise TooLate
    return held, line


def _is_only_answer(chat: Chat, line: ChatEntry) -> bool:
    """Say whether a line of ours is all that we said between two lines of the customer's."""
    if line.agent_id is None:
        return False
    taken = chat.entries.filter(kind=Kind.DELETED).values("of")
    there = chat.entries.filter(kind=Kind.SAID).exclude(seq__in=taken)
    theirs = there.filter(contact__isnull=False)
    first = theirs.filter(seq__lt=line.seq).aggregate(seq=Max("seq"))["seq"] or 0
    last = theirs.filter(seq__gt=line.seq).aggregate(seq=Min("seq"))["seq"] or chat.last_seq + 1
    ours = there.filter(agent__isnull=False, seq__gt=first, seq__lt=last)
    return not ours.exclude(pk=line.pk).exists()

"""What happens in a chat in words, for either side, in the language that is active."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from answerable.channels.chat.models import Chat, ChatEntry
from answerable.lib import times

Kind = ChatEntry.Kind
End = Chat.End
Words = Callable[[ChatEntry, str], str]


def entry_words(entry: ChatEntry, side: str) -> str:
    """Return what an entry that is no message says to a side; it is not escaped."""
    words = WORDS.get(Kind(entry.kind))
    return words(entry, side) if words else ""


def _joined(entry: ChatEntry, side: str) -> str:
    return _("{name} joined").format(name=_name(entry))


def _left(entry: ChatEntry, side: str) -> str:
    return _("{name} left").format(name=_name(entry))


def _invited(entry: ChatEntry, side: str) -> str:
    words = _("{name} is bringing in {other}: {sentence}")
    return words.format(
        name=_name(entry),
        other=entry.data["to"],
        sentence=entry.data["sentence"],
    )


def _transferred(entry: ChatEntry, side: str) -> str:
    words = _("{name} hands over to {other}: {sentence}")
    other = entry.data["to"] or _("the next free specialist")
    return words.format(name=_name(entry), other=other, sentence=entry.data["sentence"])


def _deleted(entry: ChatEntry, side: str) -> str:
    return _("{name} deleted a message").format(name=_name(entry))


def _told(entry: ChatEntry, side: str) -> str:
    words = _("Are you still there? In {count} minutes we go on by mail.")
    return words.format(count=entry.data["minutes"])


def _ended(entry: ChatEntry, side: str) -> str:
    match entry.data.get("end"):
        case End.UNANSWERED:
            return _moved(_("Nobody was free in time."), entry)
        case End.CLOSED:
            return _moved(_("Our chat is closed now."), entry)
        case End.IDLE:
            return _moved(_("It has been quiet here."), entry)
        case End.GONE | End.ABANDONED:
            return _moved(_("The page was closed."), entry)
    return _("Chat ended.")


def _moved(why: str, entry: ChatEntry) -> str:
    """Say why a chat goes on by mail, as which request, and what is promised for it."""
    number, due_at = entry.data.get("number"), entry.data.get("due_at")
    if not due_at:
        words = _("{why} This is now email request #{number}.")
        return words.format(why=why, number=number)
    due = datetime.fromisoformat(due_at)
    by = times.customer_by(due, entry.at, get_current_timezone())
    words = _("{why} This is now email request #{number}: guaranteed reply {by}.")
    return words.format(why=why, number=number, by=by)


def _name(entry: ChatEntry) -> str:
    writer = entry.agent or entry.contact
    return writer.name if writer else ""


WORDS: Mapping[Kind, Words] = {
    Kind.JOINED: _joined,
    Kind.LEFT: _left,
    Kind.INVITED: _invited,
    Kind.TRANSFERRED: _transferred,
    Kind.DELETED: _deleted,
    Kind.TOLD: _told,
    Kind.ENDED: _ended,
}

"""What a customer said in their chat, and says otherwise or takes back within a minute."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from answerable.channels.chat.actions import (
    ChatOver,
    FirstLine,
    NotTheirs,
    TooLate,
    edit,
    unsay,
)
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.shown import Data, entry_data
from answerable.intake.chats import LONGEST_NUMBER, SIDE
from answerable.tickets.actions import LONGEST, TooLong


def change(chat: Chat, of: str, body: str, *, at: datetime) -> Data:
    """Let a line of a contact's own read otherwise, or take it back where `body` is empty.

    `of` is its number as their page says it. Return the entry that says so, as their page gets
    it, or {"problem": a sentence}.
    """
    try:
        return entry_data(_changed(chat, number(of), body, at), SIDE)
    except TooLate:
        return {"problem": _("It was said more than a minute ago, and stays.")}
    except FirstLine:
        words = _("Your request began with this message, and it stays. Edit it.")
        return {"problem": words}
    except (NotTheirs, ChatOver):
        return {"problem": _("This message cannot be changed any more.")}
    except TooLong:
        return {"problem": _too_long()}


def number(text: str) -> int:
    """Return the number of an entry as a page says it; 0, which no entry has, for no number."""
    is_one = text.isascii() and text.isdigit() and len(text) < LONGEST_NUMBER
    return int(text) if is_one else 0


def _changed(chat: Chat, of: int, body: str, at: datetime) -> ChatEntry:
    if body.strip():
        return edit(chat, of, body, writer=chat.contact, at=at)
    return unsay(chat, of, writer=chat.contact, at=at)


def _too_long() -> str:
    words = _("The message must be {count} characters or fewer")
    return words.format(count=number_format(LONGEST, force_grouping=True))

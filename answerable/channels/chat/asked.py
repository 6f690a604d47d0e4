"""What pages of either side ask of a line that was said: that it reads otherwise, or goes."""

from __future__ import annotations

from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.actions import (
    ChatOver,
    FirstLine,
    NotTheirs,
    OnlyAnswer,
    TooLate,
    edit,
    unsay,
)
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.tickets.actions import LONGEST, TooLong

LONGEST_NUMBER = 9


def change(
    chat: Chat, of: str, body: str, *, writer: Agent | Contact, at: datetime
) -> ChatEntry | str:
    """Let a line of somebody's own read otherwise, or take it back where `body` says nothing.

    `of` is its number as their page says it. Return the entry that says so, or why not, in a
    sentence.
    """
    try:
        if body.strip():
            return edit(chat, number(of), body, writer=writer, at=at)
        return unsay(chat, number(of), writer=writer, at=at)
    except (TooLate, OnlyAnswer, FirstLine, NotTheirs, ChatOver, TooLong) as error:
        return _why_not(error)


def _why_not(error: Exception) -> str:
    match error:
        case TooLate():
            return _("It was said more than a minute ago, and stays.")
        case OnlyAnswer():
            return _("It is the only answer so far. Edit it, or write another one first.")
        case FirstLine():
            return _("Your request began with this message, and it stays. Edit it.")
        case TooLong():
            return too_long()
    return _("This message cannot be changed any more.")


def number(text: str) -> int:
    """Return the number of an entry as a page says it; 0, which no entry has, for no number."""
    is_one = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if is_one else 0


def too_long() -> str:
    """Return that a line has more characters than may be sent."""
    words = _("The message must be {count} characters or fewer")
    return words.format(count=number_format(LONGEST, force_grouping=True))

"""Writes what people say in a chat, in the order in which it reached us."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent, Contact
from answerable.channels.chat.actions.held import ChatOver, hold_chat, wakes_at
from answerable.channels.chat.actions.writing import write_line
from answerable.channels.chat.models import Chat, ChatEntry
from answerable.files.actions import Waiting
from answerable.files.models import Upload
from answerable.tickets.actions import Empty, attach_waiting
from answerable.tickets.actions.chatting import ChatLine, chat_line

Kind = ChatEntry.Kind
Side = Chat.Side


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """What somebody says: exactly one of agent and contact. `token` is the same each time its
    page sends it; `files` are those that waited for it, and then it may say nothing."""

    body: str
    token: str
    agent: Agent | None = None
    contact: Contact | None = None
    files: Waiting | None = None

    @property
    def side(self) -> Side:
        """Which side says it."""
        return Side.AGENT if self.agent else Side.CONTACT


def say(chat: Chat, line: Line, *, at: datetime) -> ChatEntry:
    """Add a line to a chat, and return its entry; the same token again returns the one there.

    Where it changes whose turn it is, clocks are told: what an agent says in a chat counts
    when it is stored (ux.md 8.4). What was sent again after the end is there all the same.
    Raises ChatOver, Empty or TooLong.
    """
    try:
        with transaction.atomic():
            return _say(hold_chat(chat), line, at)
    except (ChatOver, Empty, IntegrityError):
        before = chat.entries.filter(token=line.token).select_related("message").first()
        if before is None:
            raise
        return before


def _say(chat: Chat, line: Line, at: datetime) -> ChatEntry:
    """Say something in a held chat. A token that is there already is an IntegrityError."""
    answers = line.side == chat.turn
    body, data = _said(line)
    message = chat_line(
        chat.ticket_id,
        ChatLine(body=body, agent=line.agent, contact=line.contact, turns=answers),
        at=at,
    )
    if line.files and line.files.numbers:
        attach_waiting(message, line.files)
    _turn(chat, line.side, answers, at)
    chat.last_seq += 1
    chat.wakes_at = wakes_at(chat, at if line.agent and chat.contact_left_at else None)
    entry = ChatEntry(
        chat=chat,
        seq=chat.last_seq,
        kind=Kind.SAID,
        at=at,
        agent=line.agent,
        contact=line.contact,
        message=message,
        token=line.token,
        data=data,
    )
    entry.pk = write_line(entry)
    return entry


def _said(line: Line) -> tuple[str, dict[str, Any]]:
    """Return the text of a line, and what its entry notes: files alone are named in it."""
    if line.files is None or not line.files.numbers:
        return line.body, {}
    if line.body.strip():
        return line.body, {"files": True}
    waiting = Upload.objects.filter(owner=line.files.owner, pk__in=line.files.numbers)
    names = waiting.order_by("pk").values_list("name", flat=True)
    return ", ".join(names), {"files": True, "bare": True}


def _turn(chat: Chat, side: Side, answers: bool, at: datetime) -> None:
    """Note whose turn it is. A silence of the customer's counts from the newest line of ours,
    our own from the oldest that we have not answered."""
    if answers:
        chat.turn = Side.AGENT if side == Side.CONTACT else Side.CONTACT
    if answers or side == Side.AGENT:
        chat.turn_since = at
    if answers or side == Side.CONTACT:
        chat.warned_at = None

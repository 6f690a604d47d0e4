"""A chat as pages get it: its entries and how it stands, as plain data, for either side.

All HTML in it is escaped. What an entry says of a message is what the message says by now, so
that pages which heard of an edit early, late or twice show the same.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from html import escape
from typing import Any

from django.utils.translation import ngettext

from answerable.channels.chat.models import Chat, ChatEntry
from answerable.channels.chat.words import entry_words
from answerable.design.links import linked
from answerable.entitlements.core.chat_policy import policy_from_json
from answerable.lib.waits import rounded_up
from answerable.tickets.beside import file_views
from answerable.tickets.models import Attachment, Message

Kind = ChatEntry.Kind
Data = dict[str, Any]
# Makes the address of a file for the number of an attachment; each face has its own.
Address = Callable[[int], str]


def entry_data(
    entry: ChatEntry,
    side: str,
    files: Sequence[Attachment] = (),
    address: Address | None = None,
) -> Data:
    """Return an entry as pages of a side get it, in the language that is active.

    `seq`, `kind`, `of`, `at` (ISO), `side` and `name` of its writer, `mine`, `html`, `text` and
    `files`; `token` for who sent it, so that their page knows it again; `deleted`.
    """
    own = writer_side(entry) == side
    said = entry.message if entry.kind in {Kind.SAID, Kind.EDITED} else None
    deleted = said is not None and said.kind == Message.Kind.TAKEN_BACK
    text = said.body if said and not deleted and not entry.data.get("bare") else ""
    shown = () if deleted else files
    return {
        "seq": entry.seq,
        "kind": entry.kind,
        "of": entry.of,
        "at": entry.at.isoformat(),
        "side": writer_side(entry),
        "name": writer_name(entry),
        "mine": own,
        "token": entry.token if own else None,
        "text": text,
        "html": linked(text) if said else escape(entry_words(entry, side)),
        "files": _files(shown, address),
        "deleted": deleted,
    }


def state_data(chat: Chat, ahead: int | None = None, usual: timedelta | None = None) -> Data:
    """Return how a chat stands. `ahead`: how many people are before this one in the line,
    None for nobody waits; `usual`: within what most people were reached lately."""
    return {
        "last": chat.last_seq,
        "turn": chat.turn,
        "turn_since": chat.turn_since.isoformat(),
        "seen": {"contact": chat.contact_seen, "agent": chat.agent_seen},
        "seen_at": {"contact": _iso(chat.contact_seen_at), "agent": _iso(chat.agent_seen_at)},
        "agent": chat.agent.name if chat.agent else "",
        "waiting": chat.agent is None and chat.ended_at is None,
        "ahead": ahead,
        "estimate": estimate(usual) if ahead is not None else "",
        "contact_here": chat.contact_left_at is None,
        "contact_left_at": _iso(chat.contact_left_at),
        "suggest_at": _suggest_at(chat),
        "end": chat.end,
    }


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None


def _suggest_at(chat: Chat) -> str | None:
    """Return from when on an agent is shown a line that asks whether the customer is there."""
    if chat.turn != Chat.Side.CONTACT or chat.agent_id is None:
        return None
    return (chat.turn_since + policy_from_json(chat.policy).suggest_after).isoformat()


def estimate(usual: timedelta | None) -> str:
    """Return how long a wait will take, in words; nothing where nobody can say."""
    minutes = rounded_up(usual) if usual is not None else None
    if minutes is None:
        return ""
    words = ngettext("About {count} minute", "About {count} minutes", minutes)
    return words.format(count=minutes)


def writer_side(entry: ChatEntry) -> str:
    """Return on which side an entry was written; empty where nobody wrote it."""
    if entry.agent_id is not None:
        return Chat.Side.AGENT
    return Chat.Side.CONTACT if entry.contact_id is not None else ""


def writer_name(entry: ChatEntry) -> str:
    """Return the name of an entry's writer; empty where nobody wrote it."""
    writer = entry.agent or entry.contact
    return writer.name if writer else ""


def _files(files: Sequence[Attachment], address: Address | None) -> list[Data]:
    return [
        {
            "name": view.name,
            "described": view.described,
            "address": view.address,
            "opens": view.opens,
            "picture": view.picture,
            "held": view.held,
            "warns": view.warns,
        }
        for view in file_views(files, address or (lambda number: ""))
    ]

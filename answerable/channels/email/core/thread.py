"""Whose mail is it? A signed token in its address, or References of mails that we sent. Pure.

Never a number in a subject: anybody can write one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from answerable.channels.email.core.token import (
    DeskReply,
    Reply,
    SideReply,
    read_desk_token,
    read_side_token,
    read_token,
    token_in,
)

MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")
MOST_REFERENCES = 50
PREFIXES = re.compile(
    r"^\s*(?:(?:re|aw|antw|antwort|sv|vs|ref|fwd?|wg|wtr|tr|rv|enc|i)\s*(?:\[\d+\])?\s*[:\uff1a]"
    r"|\[#\d+\])\s*",
    re.IGNORECASE,
)


def reply_in(addresses: Iterable[str], mailbox: str, keys: Sequence[bytes]) -> Reply | None:
    """Return what the first good token among the addresses says, or None."""
    for address in addresses:
        token = token_in(address, mailbox)
        reply = read_token(token, keys) if token else None
        if reply:
            return reply
    return None


def desk_reply_in(
    addresses: Iterable[str], mailbox: str, keys: Sequence[bytes]
) -> DeskReply | None:
    """Return what the first good token of an agent among the addresses says, or None."""
    tokens = (token_in(address, mailbox) for address in addresses)
    replies = (read_desk_token(token, keys) for token in tokens if token)
    return next((reply for reply in replies if reply), None)


def side_reply_in(
    addresses: Iterable[str], mailbox: str, keys: Sequence[bytes]
) -> SideReply | None:
    """Return what the first good token of a third party among the addresses says, or None."""
    tokens = (token_in(address, mailbox) for address in addresses)
    replies = (read_side_token(token, keys) for token in tokens if token)
    return next((reply for reply in replies if reply), None)


def message_ids(text: str) -> list[str]:
    """Return the Message-IDs that stand in a text, in order."""
    return MESSAGE_ID.findall(text)


def referenced(in_reply_to: str, references: str) -> list[str]:
    """Return the Message-IDs that a mail answers, the nearest first, at most fifty."""
    nearest = [*message_ids(in_reply_to), *reversed(message_ids(references))]
    return list(dict.fromkeys(nearest))[:MOST_REFERENCES]


def bare_subject(subject: str) -> str:
    """Return a subject without “Re:”, “AW:”, “[#4821]” and the like before it."""
    while found := PREFIXES.match(subject):
        if found.end() == len(subject):
            break
        subject = subject[found.end() :]
    return subject.strip()

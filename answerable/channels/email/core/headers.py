"""The headers of a mail as text, whatever state they are in. Pure."""

from __future__ import annotations

import email.utils
import re
from datetime import UTC, datetime
from email.message import Message

from answerable.channels.email.core.charsets import mended, storable
from answerable.channels.email.core.words import CONTROLS, words_of

LONGEST_HEADER = 2000
LONGEST_LIST = 50_000
SKIPPED = {"received", "dkim-signature", "arc-seal", "arc-message-signature"}
PEOPLE = {"from", "to", "cc", "reply-to", "sender", "bcc", "resent-from"}
MESSAGE_ID = re.compile(r"<[^<>\s]{1,990}>")
SPACES = re.compile(r"\s+")


def first_headers(message: Message, charset: str | None = None) -> dict[str, str]:
    """Return each header's first value as one line, by its name in lower case.

    The charset is that of the mail's text, for headers with raw bytes.
    """
    first: dict[str, str] = {}
    for name, value in message.raw_items():
        key = name.lower()
        if key not in first and key not in SKIPPED:
            first[key] = _one_line(key, value, charset)
    return first


def _one_line(name: str, value: str, charset: str | None) -> str:
    if name in PEOPLE:  # Addresses are taken apart before they are decoded.
        return storable(CONTROLS.sub(" ", mended(value[:LONGEST_LIST], charset))).strip()
    longest = LONGEST_LIST if name == "references" else LONGEST_HEADER
    value = value[:longest]
    if value.isascii() and "=?" not in value:
        return CONTROLS.sub(" ", value).strip()
    return words_of(value, charset)


def message_id_of(header: str) -> str:
    """Return the first Message-ID of a header; what stands there when none is well formed."""
    found = MESSAGE_ID.search(SPACES.sub("", header[:2000]))
    return (found.group() if found else (header.split() or [""])[0])[:500]


def date_of(header: str) -> datetime | None:
    """Return the instant of a Date header; UTC when it names no zone, None when it is none."""
    try:
        date = email.utils.parsedate_to_datetime(header[:200])
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)

"""The envelope of a mail that was delivered before, by the headers of servers. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import getaddresses, parsedate_to_datetime

# Programs of today write nothing older; the first mail of all is from 1971.
OLDEST = datetime(1990, 1, 1, tzinfo=UTC)
DELIVERED = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To")
MOST_RECIPIENTS = 20
UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Envelope:
    """Who sent it (nothing for a server's own report), to whom it came, when it was written."""

    sender: str
    recipients: tuple[str, ...]
    written_at: datetime | None


def envelope_of(head: bytes) -> Envelope:
    """Return the envelope of a mail whose first bytes these are. Never raises.

    Without a Return-Path nobody knows the envelope's sender, which does not make it empty: the
    author stands for it, or a word.
    """
    try:
        headers = BytesHeaderParser().parsebytes(head)
        path = headers.get("Return-Path")
        sender = (
            str(path).strip().strip("<>") if path is not None else _author(headers.get("From"))
        )
        to = [str(value) for name in DELIVERED for value in headers.get_all(name, [])]
        return Envelope(sender[:320], _addresses(to), _date(str(headers.get("Date", ""))))
    except Exception:  # Whatever is wrong with its headers, it must not be lost.
        return Envelope(UNKNOWN, (), None)


def _author(value: object) -> str:
    return next((address for address in _addresses([str(value or "")]) if address), UNKNOWN)


def _addresses(values: list[str]) -> tuple[str, ...]:
    found = (address for _, address in getaddresses(values[:MOST_RECIPIENTS]))
    return tuple(dict.fromkeys(one[:320] for one in found if "@" in one))


def _date(value: str) -> datetime | None:
    """Return when a mail says that it was written; None for what cannot be."""
    try:
        written = parsedate_to_datetime(value)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None
    if written.tzinfo is None:
        written = written.replace(tzinfo=UTC)
    try:
        written = written.astimezone(UTC)
    except (OverflowError, ValueError):
        return None
    return written if written >= OLDEST else None

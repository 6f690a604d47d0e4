"""What a mail shows of itself: the signs by which its kind is known, from its parts. Pure."""

from __future__ import annotations

import re
from dataclasses import replace
from email.message import EmailMessage

from answerable.channels.email.core.automatic import (
    STATUS_TYPES,
    Kind,
    Signs,
    is_reporter,
    kind_of_signs,
)
from answerable.channels.email.core.bounce import ARRIVED
from answerable.channels.email.core.bounce_marks import FAILING
from answerable.channels.email.core.bounce_parts import leaves, notice_in
from answerable.channels.email.core.bounce_report import blocks_in, without_fields
from answerable.channels.email.core.bounce_text import HAS_CODE, entries_in, named_in_sentences
from answerable.channels.email.core.parse import Mail

MOST_CALENDAR = 20_000
METHOD = re.compile(r"^METHOD:([A-Z-]{3,20})\s*$", re.IGNORECASE | re.MULTILINE)
MOST_TEXT = 4000
MOST_LINES = 60


def kind_of(
    mail: Mail, message: EmailMessage, *, envelope_from: str | None = None, is_own: bool = False
) -> Kind:
    """Return what a mail is: a person's, or which kind of machine's.

    `message` is the tree of its parts. A mail from a file has no envelope: then its Return-Path
    is used, and without that it counts as one that has a sender.
    """
    return kind_of_signs(signs_of(mail, message, envelope_from=envelope_from, is_own=is_own))


def signs_of(
    mail: Mail, message: EmailMessage, *, envelope_from: str | None = None, is_own: bool = False
) -> Signs:
    """Return the signs of a mail, as kind_of() looks at them."""
    if envelope_from is None:
        envelope_from = mail.headers.get("return-path", "unknown")
    parts = list(leaves(message))
    types = frozenset(kind for _, kind in parts)
    signs = Signs(
        headers=mail.headers,
        content_type=message.get_content_type(),
        envelope_from=envelope_from,
        sender=mail.sender or (envelope_from if "@" in envelope_from else ""),
        subject=mail.subject,
        is_own=is_own,
        sender_name=mail.sender_name,
        text=mail.text,
        types=types,
        report=str(message.get_param("report-type") or "").lower(),
        method=_method(parts),
        is_success=bool(types & STATUS_TYPES) and _is_success(message),
    )
    if not is_reporter(signs):
        return signs
    return replace(signs, reads_as_failure=_reads_as_failure(message, mail.text))


def _method(parts: list[tuple[EmailMessage, str]]) -> str:
    for part, kind in parts:
        if kind == "text/calendar" and part.get_content_disposition() != "attachment":
            named = str(part.get_param("method") or "")
            payload = part.get_payload(decode=True)
            raw = payload[:MOST_CALENDAR] if isinstance(payload, bytes) else b""
            found = METHOD.search(raw.decode("utf-8", "replace").replace("\r", ""))
            return (named or (found.group(1) if found else "")).upper()
    return ""


def _is_success(message: EmailMessage) -> bool:
    actions = [block.action for block in blocks_in(notice_in(message).fields)]
    return bool(actions) and all(action in ARRIVED for action in actions)


def _reads_as_failure(message: EmailMessage, text: str) -> bool:
    """Say whether a text speaks of failure, and names a recipient or a server's code."""
    if not FAILING.search(text[:MOST_TEXT]):
        return False
    said = without_fields(notice_in(message, text).said)[0][:MOST_LINES]
    named = entries_in(said) or named_in_sentences(said)
    return bool(named) or any(HAS_CODE.match(line.strip()) for line in said)

"""A mail server's notice taken apart: its words, its fields, and what it returns. Pure.

RFC 3464 gives each its part. Servers that keep to it half, or that write the fields or the
returned mail into their text, are read too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from email.message import EmailMessage

from answerable.channels.email.core.charsets import decoded, mended
from answerable.channels.email.core.html import text_of

MOST_PARTS = 200
MOST_TEXT = 100_000
MOST_LINES = 3000
LONGEST_LINE = 2000
MOST_RETURNED = 20_000

STATUS_TYPES = {"message/delivery-status", "message/global-delivery-status"}
RETURNED_TYPES = {"message/partial", "message/external-body", "text/rfc822-header"}
RETURNED_NAMES = re.compile(r"^mailheaders\b|\.eml$|^original[ _-]?message", re.IGNORECASE)
# Above the mail that a server returns inside its own text.
RETURNED_BELOW = re.compile(
    r"^[\s\-=*#_+>]*(?:(?:the )?original (?:message|mail)(?: (?:follows|headers?|info|below))?"
    r"|(?:the )?headers? of (?:the|your) original message"
    r"|(?:the )?(?:un(?:sent|delivered)|returned|rejected) (?:message|mail)"
    r"|message headers? follows?|(?:a |the )?copy of (?:the|your) (?:original )?message"
    r"|(?:this|here|below|enclosed|included|attached) (?:this line )?is (?:a |the )?copy"
    r"|below (?:this line|is) |returned mail follows"
    r"|(?:ursprüngliche|original)[ -]?nachricht|message d'origine|mensaje original)"
    r"[^@]{0,80}$",
    re.IGNORECASE,
)
TITLE = re.compile(r"\bmessage\b.{0,20}\b(?:deliver|was|could|has|is)\b", re.IGNORECASE)
HEADER_LINE = re.compile(
    r"^(?:received|return-path|from|to|cc|subject|date|message-id|mime-version|content-type"
    r"|reply-to|sender|user-agent|x-mailer|delivered-to|dkim-signature|x-[\w-]{2,40}) ?:",
    re.IGNORECASE,
)
BEGINS_HEADERS = re.compile(r"^(?:received: (?:from|by|\()|return-path: ?<)", re.IGNORECASE)


@dataclass(slots=True)
class Notice:
    """The parts of a notice, each as lines."""

    said: list[str] = field(default_factory=list)
    fields: list[str] = field(default_factory=list)
    returned: list[str] = field(default_factory=list)
    feedback: list[str] = field(default_factory=list)


def notice_in(message: EmailMessage, text: str = "") -> Notice:
    """Return a notice's parts; its text is used when its parts have none of their own."""
    notice = Notice()
    for part, kind in leaves(message):
        _sort(part, kind, notice)
    if not any(line.strip() for line in notice.said):
        notice.said = lines_of(text)
    said, returned = split_returned(notice.said)
    notice.said = said
    notice.returned = (notice.returned + returned)[:MOST_LINES]
    return notice


def lines_of(text: str) -> list[str]:
    """Return the first lines of a text, none of them too long to look at."""
    lines = text[:MOST_TEXT].splitlines()[:MOST_LINES]
    return [line[:LONGEST_LINE].rstrip() for line in lines]


def split_returned(lines: list[str]) -> tuple[list[str], list[str]]:
    """Return a text's lines above the mail that it returns, and those of that mail."""
    for number, line in enumerate(lines):
        if _returns(line) or _has_headers(lines, number):
            return lines[:number], lines[number:]
    return lines, []


def _returns(line: str) -> bool:
    if len(line) > 120 or not RETURNED_BELOW.match(line):
        return False
    return not TITLE.search(line) or "copy" in line.lower()


def _has_headers(lines: list[str], number: int) -> bool:
    if BEGINS_HEADERS.match(lines[number]):
        return True
    if not HEADER_LINE.match(lines[number]):
        return False
    below = lines[number : number + 6]
    return sum(bool(HEADER_LINE.match(line)) for line in below) >= 4


def leaves(
    part: EmailMessage, left: list[int] | None = None
) -> Iterator[tuple[EmailMessage, str]]:
    """Give the parts of a mail and their types; not what is inside a mail that it carries."""
    left = [MOST_PARTS] if left is None else left
    left[0] -= 1
    if left[0] < 0:
        return
    kind = part.get_content_type()
    if not kind.startswith("multipart/") or not part.is_multipart():
        yield part, kind
        return
    for one in part.get_payload():
        if isinstance(one, EmailMessage):
            yield from leaves(one, left)


def _sort(part: EmailMessage, kind: str, notice: Notice) -> None:
    name = str(part.get_filename() or "")
    if kind in STATUS_TYPES or name.lower().startswith("deliverystatus"):
        notice.fields += lines_of(_flat(part))
    elif kind == "message/feedback-report":
        notice.feedback += lines_of(_flat(part))
    elif kind.startswith(("message/", "text/rfc822")) or RETURNED_NAMES.search(name):
        notice.returned += lines_of(_flat(part)[:MOST_RETURNED])
    elif kind == "text/html":
        if not any(line.strip() for line in notice.said):
            notice.said += lines_of(text_of(_text(part)[:MOST_TEXT]))
    elif kind.startswith(("text/", "multipart/")):
        notice.said += [*lines_of(_text(part)), ""]


def _text(part: EmailMessage) -> str:
    payload = part.get_payload(decode=True)
    if isinstance(payload, bytes):
        return decoded(payload[:MOST_TEXT], part.get_content_charset())
    return ""


def _flat(part: EmailMessage) -> str:
    """Return what stands in a part that carries messages or blocks of fields, as text."""
    payload = part.get_payload()
    if not isinstance(payload, list):
        return _text(part)
    blocks = []
    for one in payload[:MOST_LINES]:
        if not isinstance(one, EmailMessage):
            continue
        lines = [f"{name}: {value}" for name, value in one.raw_items()]
        below = one.get_payload()
        text = below if isinstance(below, str) else ""
        blocks.append("\n".join([*lines, "", text]) if lines else text)
    return mended("\n".join(blocks)[:MOST_TEXT])

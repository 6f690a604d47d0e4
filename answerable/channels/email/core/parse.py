"""A raw mail as the facts we need, whatever state it is in. Pure; never raises.

The standard library's modern policy reads it. What breaks that is read as plain text, and the
mail says so in `problems`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.headers import (
    ADDRESS,
    BLANK,
    CONTROLS,
    LONGEST_HEADER,
    addresses_of,
    first_headers,
    parsed,
    sender_of,
)
from answerable.channels.email.core.parts import MOST_PARTS, Attachment, Found, walk


@dataclass(frozen=True, slots=True, kw_only=True)
class Mail:
    """What a mail says."""

    message_id: str
    in_reply_to: str
    references: str
    sender_name: str
    sender: str  # the address, in lower case; empty when there is none
    to: tuple[str, ...]  # the addresses in To and Cc
    subject: str
    text: str
    content_type: str
    headers: Mapping[str, str]
    attachments: tuple[Attachment, ...] = ()
    report: str = ""  # what a mail server reports, and the headers it returns
    problems: tuple[str, ...] = ()


def read_mail(raw: bytes) -> Mail:
    """Return what a raw mail says; what cannot be read as a mail is read as plain text."""
    try:
        return _read(raw)
    except Exception as error:  # Whatever is wrong with it, it must not be lost.
        return _plain(raw, type(error).__name__)


def _read(raw: bytes) -> Mail:
    message = parsed(raw)
    headers = first_headers(message)
    name, address = sender_of(headers.get("from", ""))
    found = Found()
    walk(message, found)
    text = "\n\n".join(text for text in found.texts if text.strip())
    return Mail(
        message_id=(headers.get("message-id", "").split() or [""])[0][:500],
        in_reply_to=headers.get("in-reply-to", ""),
        references=headers.get("references", ""),
        sender_name=name,
        sender=address,
        to=addresses_of(headers.get("to", ""), headers.get("cc", "")),
        subject=headers.get("subject", ""),
        text=text,
        content_type=message.get_content_type(),
        headers=headers,
        attachments=tuple(found.attachments),
        report="\n".join(found.reports),
        problems=("It has too many parts.",) if found.seen > MOST_PARTS else (),
    )


def _plain(raw: bytes, problem: str) -> Mail:
    """Read a mail as lines of headers and the text below them."""
    head, _, body = BLANK.sub(b"\n\n", raw, count=1).partition(b"\n\n")
    headers: dict[str, str] = {}
    for line in decoded(head[:100_000], None).splitlines():
        name, colon, value = line.partition(":")
        if colon and " " not in name:
            headers.setdefault(name.lower(), CONTROLS.sub(" ", value).strip()[:LONGEST_HEADER])
    found = ADDRESS.search(headers.get("from", ""))
    return Mail(
        message_id=headers.get("message-id", "")[:500],
        in_reply_to=headers.get("in-reply-to", ""),
        references=headers.get("references", ""),
        sender_name="",
        sender=found.group().lower()[:254] if found else "",
        to=(),
        subject=headers.get("subject", ""),
        text=decoded(body, None),
        content_type="text/plain",
        headers=headers,
        problems=(problem,),
    )

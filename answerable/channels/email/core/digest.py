"""The digest of what a mail says: the same for each copy of it, however it travelled. Pure."""

from __future__ import annotations

import hashlib
import re

BLANK = re.compile(rb"\r?\n\r?\n")
SAYS = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|in-reply-to|references|content-type|sender)"
    rb"[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)


def content_digest(raw: bytes) -> str:
    """Return the SHA-256 of a mail's author's headers and its body, in hexadecimal.

    Headers that servers add on the way (Received, Return-Path, Delivered-To, signatures) differ
    between two copies of one mail, and line ends may too, so neither counts.
    """
    end = BLANK.search(raw)
    head, body = (raw[: end.start()], raw[end.end() :]) if end else (raw, b"")
    lines = [line.replace(b"\r", b"") for line in SAYS.findall(head)]
    digest = hashlib.sha256(b"\n".join(lines or [head.replace(b"\r", b"")]))
    digest.update(b"\n\n" + body.replace(b"\r\n", b"\n").rstrip())
    return digest.hexdigest()

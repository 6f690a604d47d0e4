"""What is left of a mail once its words were taken out for good: its headers."""

from __future__ import annotations

import email
import email.errors
import email.header
import hashlib
from collections.abc import Callable
from email.message import Message

IsIn = Callable[[str], bool]

# What stands in the place of a mail's body, and of a header that had the passage.
GONE = b"[removed]"
LONGEST_DECODED = 5_000_000


def speaks_of(raw: bytes, is_in: IsIn) -> bool:
    """Say whether something stands in a mail's text, HTML or headers, however it is encoded.

    Files are none of it, but for those of text. Never raises.
    """
    if is_in(raw.decode("utf-8", "replace")):
        return True
    message = email.message_from_bytes(raw)
    if any(is_in(_decoded(value)) for value in message.values()):
        return True
    return any(is_in(_text_of(part)) for part in message.walk() if _is_text(part))


def carries(raw: bytes, sha256: str) -> bool:
    """Say whether a file is among a mail's parts, by the digest of its bytes."""
    parts = email.message_from_bytes(raw).walk()
    payloads = (part.get_payload(decode=True) for part in parts if not part.is_multipart())
    return any(
        hashlib.sha256(payload).hexdigest() == sha256
        for payload in payloads
        if isinstance(payload, bytes)
    )


def emptied(raw: bytes, is_in: IsIn) -> bytes:
    """Return a mail's headers, and a word in the place of its body.

    Of a header in which something stands only the name stays.
    """
    end = b"\r\n" if b"\r\n" in raw[:2000] else b"\n"
    head = raw.replace(b"\r\n", b"\n").partition(b"\n\n")[0]
    lines = [_kept(line, is_in) for line in _unfolded(head) if not _says_how_encoded(line)]
    return b"".join(line.replace(b"\n", end) + end for line in [*lines, b"", GONE])


def _unfolded(head: bytes) -> list[bytes]:
    """Return the headers of a block, each with the lines that go on with it."""
    headers: list[bytes] = []
    for line in head.split(b"\n"):
        if line[:1] in {b" ", b"\t"} and headers:
            headers[-1] += b"\n" + line
        else:
            headers.append(line)
    return headers


def _says_how_encoded(header: bytes) -> bool:
    name = header.partition(b":")[0].strip().lower()
    return name.startswith(b"content-") or name == b"mime-version"


def _kept(header: bytes, is_in: IsIn) -> bytes:
    name, _, value = header.partition(b":")
    said = _decoded(value.replace(b"\n", b"").decode("utf-8", "replace"))
    return name + b": " + GONE if is_in(said) else header


def _decoded(value: object) -> str:
    try:
        return str(email.header.make_header(email.header.decode_header(str(value))))
    except (ValueError, LookupError, email.errors.MessageError):
        return str(value)


def _is_text(part: Message) -> bool:
    return part.get_content_maintype() == "text"


def _text_of(part: Message) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    try:
        return payload[:LONGEST_DECODED].decode(
            part.get_content_charset() or "utf-8", "replace"
        )
    except LookupError:
        return payload[:LONGEST_DECODED].decode("latin-1")

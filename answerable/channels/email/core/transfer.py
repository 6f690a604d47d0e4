"""Transfer encodings undone (RFC 2045), and uuencode, however broken. Pure; never raises."""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterator

MOST_FILES = 100
ALPHABET = re.compile(rb"[A-Za-z0-9+/=\s]*")
BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NOT_BASE64 = bytes(set(range(256)) - set(BASE64))
PADDED = re.compile(rb"=+")
BELOW = re.compile(rb"=[ \t]+[^\s=]")
# A line of base64 has no blanks in it: what follows one is a list's footer or a scanner's note.
STRANGE_LINE = re.compile(rb"^[^\r\n]*[^A-Za-z0-9+/=\s]", re.MULTILINE)
BEGIN = re.compile(rb"^begin (?:0?[0-7]{3}) ([^\r\n]{1,255})\r?\n", re.MULTILINE)
END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)


def plain_bytes(raw: bytes, encoding: str) -> bytes:
    """Return the bytes that a transfer encoding stands for; as they are if it is unknown."""
    decode = DECODERS.get(encoding.strip("\"' ;").split(" ", 1)[0].lower())
    return decode(raw) if decode else raw


def from_base64(raw: bytes) -> bytes:
    """Return what base64 stands for, though its padding is wrong or text stands below it."""
    end = raw.find(b"=")
    if end >= 0 and raw[end:].strip(b"= \t\r\n") == b"":
        raw = raw[:end]
        end = -1
    if end < 0 and ALPHABET.fullmatch(raw):
        return _quads(raw)
    strange = STRANGE_LINE.search(raw)
    if strange and not raw[: strange.start()].strip():
        return raw  # It is none.
    if strange:
        raw = raw[: strange.start()]
    if below := BELOW.search(raw):
        raw = raw[: below.start()]
    return b"".join(_quads(piece) for piece in PADDED.split(raw))


def _quads(raw: bytes) -> bytes:
    raw = raw.translate(None, NOT_BASE64)
    spare = len(raw) % 4
    if spare == 1:  # One letter says less than a byte.
        raw = raw[:-1]
    return binascii.a2b_base64(raw + b"=" * (-len(raw) % 4))


def from_quoted(raw: bytes) -> bytes:
    """Return what quoted-printable stands for."""
    return binascii.a2b_qp(raw)


def from_uu(raw: bytes) -> bytes:
    """Return the first file of a uuencoded body, or the lines as they are without a begin."""
    for _, content, _, _ in uu_files(raw):
        return content
    return b"".join(_uu_lines(raw)) or raw


def uu_files(raw: bytes) -> Iterator[tuple[bytes, bytes, int, int]]:
    """Give the uuencoded files in a text: name, content, and where each begins and ends."""
    at = 0
    for _ in range(MOST_FILES):
        begin = BEGIN.search(raw, at)
        if not begin:
            return
        end = END.search(raw, begin.end())
        stop = end.end() if end else len(raw)
        lines = raw[begin.end() : end.start() if end else stop]
        content = b"".join(_uu_lines(lines))
        at = stop if content else begin.end()
        if content:
            yield begin.group(1).strip(), content, begin.start(), stop


def _uu_lines(lines: bytes) -> Iterator[bytes]:
    for line in lines.splitlines():
        if not line or line in {b"`", b" "}:
            continue
        try:
            yield binascii.a2b_uu(line)
        except binascii.Error:
            # Some programs count wrong: believe the length byte, not the line.
            length = (((line[0] - 32) & 63) * 4 + 5) // 3
            try:
                yield binascii.a2b_uu(line[:length])
            except binascii.Error:
                return


DECODERS: dict[str, Callable[[bytes], bytes]] = {
    "base64": from_base64,
    "base-64": from_base64,
    "b64": from_base64,
    "quoted-printable": from_quoted,
    "quotedprintable": from_quoted,
    "qp": from_quoted,
    "x-uuencode": from_uu,
    "uuencode": from_uu,
    "x-uue": from_uu,
    "uue": from_uu,
}

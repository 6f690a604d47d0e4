"""Encoded words in headers (RFC 2047), however wrong programs get them. Pure."""

from __future__ import annotations

import binascii
import re
from collections.abc import Iterator

from answerable.channels.email.core.charsets import decoded, meant, mended, storable
from answerable.channels.email.core.transfer import from_base64

# The text may hold spaces and question marks, though it must not; its end may be missing.
WORD = re.compile(
    r"=\?([\w.:+'-]{1,40})(?:\*[\w-]{0,20})?\?([A-Za-z])\?"
    r"((?:[^?\s]|\?(?!=)|[ \t]+(?!=\?)){0,4000}?)"
    r"(?:\?=|(?=[ \t]*=\?[\w.:+'-]{1,40}\?[BbQq]\?)|\Z)"
)
CONTROLS = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]+")
GAP = re.compile(r"[ \t\r\n]*")
QUOTED = re.compile(r"=[0-9A-Fa-f]{2}")
BASE64 = re.compile(r"[A-Za-z0-9+/=_\s-]*")

Word = tuple[str, bytes]  # a codec's name, and the bytes of a word


def words_of(header: str, charset: str | None = None) -> str:
    """Return a header's text decoded, on one line; its raw bytes are in the mail's charset."""
    header = mended(header, charset)
    if "=?" in header:
        header = "".join(_pieces(header))
    return storable(CONTROLS.sub(" ", header)).strip()


def _pieces(header: str) -> Iterator[str]:
    """Give the text between words as it is, and neighbouring words decoded together.

    A letter of several bytes may be split between two words, though it must not be.
    """
    end, joined = 0, None
    for found in WORD.finditer(header):
        between = header[end : found.start()]
        charset, raw = meant(found.group(1)), _bytes(found.group(2), found.group(3))
        is_next = joined is not None and not between.strip()
        if joined and is_next and joined[0] == charset:
            joined = (charset, joined[1] + raw)
        else:
            yield _text(joined)
            yield "" if is_next else between
            joined = (charset, raw)
        end = found.end()
    yield _text(joined)
    yield header[end:]


def _text(word: Word | None) -> str:
    return decoded(word[1], word[0]) if word else ""


def _bytes(encoding: str, text: str) -> bytes:
    """Return the bytes of a word, by what its text looks like when its letter lies."""
    is_base64 = encoding in "Bb"
    if is_base64 and QUOTED.search(text.rstrip("=")):
        is_base64 = False
    if is_base64:
        return from_base64(text.encode("ascii", "ignore"))
    if text.endswith("=") and len(text) % 4 == 0 and BASE64.fullmatch(text):
        return from_base64(text.encode("ascii", "ignore"))
    raw = text.replace(" ", "_").encode("utf-8", "surrogateescape")
    return binascii.a2b_qp(raw, header=True)

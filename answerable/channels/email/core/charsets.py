"""Bytes to text, whatever the mail says its charset is. Pure; never raises."""

from __future__ import annotations

import codecs
import re
from functools import cache

# What senders write, and what they mean. Western charsets are read as the superset that
# Windows programs send under their names.
MEANT = {
    "iso-8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "utf-8",
    "ascii": "utf-8",
    "unicode-1-1-utf-7": "utf-7",
    "ks_c_5601-1987": "cp949",
    "gb2312": "gb18030",
    "x-gbk": "gb18030",
    "windows-874": "cp874",
}
GB2312 = re.compile(r"=\?gb2312\?", re.IGNORECASE)
SHY = re.compile(r"^(?:cp|windows)[-_ ]?(\d+)$")


def decoded(raw: bytes, charset: str | None) -> str:
    """Return bytes as text: by the named charset if it fits, else UTF-8, else Windows-1252."""
    for name in (_meant(charset), "utf-8", "cp1252"):
        text = _try(raw, name)
        if text is not None:
            return text
    return raw.decode(_meant(charset) or "utf-8", "replace")


def mended(header: str) -> str:
    """Return a header whose raw eight-bit bytes were kept as surrogates as readable text."""
    if "=?" in header:
        header = GB2312.sub("=?gb18030?", header)
    if header.isascii():
        return header
    try:
        return decoded(header.encode("utf-8", "surrogateescape"), "utf-8")
    except UnicodeEncodeError:
        return header.encode("utf-8", "replace").decode()


def _try(raw: bytes, name: str | None) -> str | None:
    try:
        return raw.decode(name) if name else None
    except (UnicodeError, ValueError):
        return None


@cache
def _meant(charset: str | None) -> str | None:
    """Return a codec's name for a charset, or None for one that nobody knows."""
    name = (charset or "").strip("\"' ").lower()[:40]
    name = MEANT.get(name, SHY.sub(r"cp\1", name))
    try:
        b"".decode(name)
        return codecs.lookup(name).name
    except (LookupError, ValueError):
        return None

"""Headers of the form `word; name=value`, with what RFC 2231 adds and programs break. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from urllib.parse import unquote_to_bytes

from answerable.channels.email.core.charsets import decoded

LONGEST_KEPT = 300
LONGEST_HEADER = 8000
MOST = 60
FIRST = re.compile(r"\s*(?:\([^()]{0,200}\)\s*)?([^\s;,()\"]{0,200})")
# A quotation mark ends a value only where a value may end: names of files hold them.
PARAMETER = re.compile(
    r"[;\s]\s{0,40}([\w.$&+-]{1,60})(\*\d{1,2})?(\*)?[ \t]*=[ \t]*"
    r"(?:\"((?:[^\"\\]|\\.|\"(?!\s*(?:;|$|[\w*.-]{1,60}=)))*)(?:\"|$)"
    r"|([^;\"]*(?:\"[^;]*)?))",
    re.DOTALL,
)
ESCAPED = re.compile(r"\\([\"\\])")
CHARSET = re.compile(r"([\w.:+-]{0,40})'[\w-]{0,20}'")
COMMENT = re.compile(r"\s\([^()]{0,200}\)$")


@dataclass(frozen=True, slots=True)
class Value:
    """The word of such a header in lower case, and its parameters by their names."""

    word: str = ""
    parameters: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class _Pieces:
    """A value that is spread over several parameters, and whether each is percent-encoded."""

    by_number: dict[int, tuple[str, bool]] = field(default_factory=dict)

    def text(self) -> str:
        charset, raw = "", b""
        for number in sorted(self.by_number):
            value, encoded = self.by_number[number]
            if encoded and not raw and (found := CHARSET.match(value)):
                charset, value = found.group(1), value[found.end() :]
            raw_value = value.encode("utf-8", "surrogateescape")
            raw += unquote_to_bytes(raw_value) if encoded else raw_value
        return decoded(raw, charset or "utf-8")


def value_of(header: str) -> Value:
    """Return what a Content-Type or Content-Disposition says, however it is written."""
    if len(header) > LONGEST_KEPT:
        return _read(header[:LONGEST_HEADER])
    return _kept(header)


# The same few Content-Type lines come in every mail.
@lru_cache(maxsize=1024)
def _kept(header: str) -> Value:
    return _read(header)


def _read(header: str) -> Value:
    first = FIRST.match(header)
    word = first.group(1).lower() if first else ""
    plain: dict[str, str] = {}
    pieced: dict[str, _Pieces] = {}
    begin = 0 if "=" in word else len(first.group()) if first else 0
    header = f" {header}" if begin == 0 else header
    for count, found in enumerate(PARAMETER.finditer(header, begin)):
        if count == MOST:
            break
        name = found.group(1).lower()
        if found.group(2) or found.group(3):
            number = int((found.group(2) or "*0")[1:])
            pieces = pieced.setdefault(name, _Pieces())
            pieces.by_number.setdefault(number, (_value(found), bool(found.group(3))))
        else:
            plain.setdefault(name, _value(found))
    plain.update({name: pieces.text() for name, pieces in pieced.items()})
    return Value("" if "=" in word else word, plain)


def _value(found: re.Match[str]) -> str:
    quoted: str | None = found.group(4)
    if quoted is not None:
        return ESCAPED.sub(r"\1", quoted)
    return COMMENT.sub("", found.group(5).strip()).strip()

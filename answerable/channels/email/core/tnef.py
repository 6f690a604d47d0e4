"""What stands inside a winmail.dat (MS-OXTNEF): files, and the text of the mail. Pure.

Outlook wraps a mail in it for Exchange, and sometimes sends it to others who cannot open it.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from answerable.channels.email.core.charsets import decoded
from answerable.channels.email.core.mapped import Buffer
from answerable.channels.email.core.texts import LONGEST_TEXT

SIGNATURE = b"\x78\x9f\x3e\x22"
MOST_FILES = 500
MOST_PROPERTIES = 5000
ATTACHMENT_BEGINS, TITLE, DATA, ATTACHMENT = 0x9002, 0x8010, 0x800F, 0x9005
MESSAGE, BODY, CODE_PAGE = 0x9003, 0x800C, 0x9007
PR_BODY, PR_HTML = 0x1000, 0x1013
PR_DATA, PR_NAME, PR_LONG_NAME, PR_TYPE = 0x3701, 0x3704, 0x3707, 0x370E
FIXED = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 10: 4, 11: 4, 20: 8, 64: 8, 72: 16}
STRING, UNICODE, OBJECT = 0x1E, 0x1F, 0x0D
VARIABLE = {STRING, UNICODE, OBJECT, 0x102}
MANY = 0x1000

NOTHING = memoryview(b"")


@dataclass(slots=True)
class Wrapped:
    """A file inside: its name, its type where it says so, its bytes where they stand."""

    name: str = ""
    type: str = ""
    content: memoryview = NOTHING


@dataclass(slots=True)
class Winmail:
    """What stands inside."""

    text: str = ""
    html: str = ""
    files: list[Wrapped] = field(default_factory=list)
    charset: str = "cp1252"


def opened(raw: Buffer) -> Winmail | None:
    """Return what a winmail.dat holds, as far as it can be read; None when it is none."""
    if raw[: len(SIGNATURE)] != SIGNATURE:
        return None
    inside = Winmail()
    try:
        for name, value in _attributes(memoryview(raw)):
            _take(name, value, inside)
    except struct.error:
        pass  # It ends too early: what was read so far counts.
    inside.files = [file for file in inside.files if len(file.content)]
    return inside


def _attributes(raw: memoryview) -> Iterator[tuple[int, memoryview]]:
    at = 6
    while at + 11 <= len(raw):
        _, name, _, length = struct.unpack_from("<BHHI", raw, at)
        at += 9
        if at + length > len(raw):
            return
        yield name, raw[at : at + length]
        at += length + 2


def _take(name: int, value: memoryview, inside: Winmail) -> None:
    if name == ATTACHMENT_BEGINS and len(inside.files) < MOST_FILES:
        inside.files.append(Wrapped())
    elif name == CODE_PAGE and len(value) >= 4:
        inside.charset = f"cp{struct.unpack_from('<I', value)[0]}"
    elif name == BODY:
        inside.text = _string(value, inside.charset)
    elif name == MESSAGE:
        _take_message(value, inside)
    elif inside.files:
        _take_file(name, value, inside.files[-1], inside.charset)


def _take_message(value: memoryview, inside: Winmail) -> None:
    for number, content in _properties(value, inside.charset):
        if number == PR_BODY:
            inside.text = _text(content, inside.charset)
        elif number == PR_HTML:
            inside.html = _text(content, inside.charset)


def _take_file(name: int, value: memoryview, file: Wrapped, charset: str) -> None:
    if name == TITLE:
        file.name = file.name or _string(value, charset)
    elif name == DATA:
        file.content = value
    elif name == ATTACHMENT:
        for number, content in _properties(value, charset):
            if number == PR_LONG_NAME or (number == PR_NAME and not file.name):
                file.name = _text(content, charset)
            elif number == PR_TYPE:
                file.type = _text(content, charset).lower()
            elif number == PR_DATA and not isinstance(content, str) and not len(file.content):
                file.content = content


def _properties(raw: memoryview, charset: str) -> Iterator[tuple[int, memoryview | str]]:
    """Give a message's or a file's properties: number, and bytes or text."""
    (count,) = struct.unpack_from("<I", raw)
    at = 4
    for _ in range(min(count, MOST_PROPERTIES)):
        kind, number = struct.unpack_from("<HH", raw, at)
        at = _past_name(raw, at + 4) if number >= 0x8000 else at + 4
        many, kind = kind & MANY, kind & ~MANY
        values = 1
        if many or kind in VARIABLE:
            (values,) = struct.unpack_from("<I", raw, at)
            at += 4
        for _ in range(min(values, MOST_PROPERTIES)):
            length = FIXED.get(kind, 0)
            if kind in VARIABLE:
                (length,) = struct.unpack_from("<I", raw, at)
                at += 4
            elif not length:
                return  # Nobody knows how long it is, so nothing behind it can be found.
            content = raw[at : at + length]
            yield number, _typed(kind, content, charset)
            at += length + -length % 4


def _past_name(raw: memoryview, at: int) -> int:
    """Return where a property goes on behind its own name."""
    (kind,) = struct.unpack_from("<I", raw, at + 16)
    if kind == 0:
        return at + 24
    (length,) = struct.unpack_from("<I", raw, at + 20)
    return int(at + 24 + length + -length % 4)


def _typed(kind: int, content: memoryview, charset: str) -> memoryview | str:
    if kind == UNICODE:
        return str(content[:LONGEST_TEXT], "utf-16-le", "replace").rstrip("\0")
    return _string(content, charset) if kind == STRING else content


def _text(content: memoryview | str, charset: str) -> str:
    if isinstance(content, str):
        return content
    return decoded(bytes(content[:LONGEST_TEXT]), charset)


def _string(value: memoryview, charset: str) -> str:
    return decoded(bytes(value[:LONGEST_TEXT]).split(b"\0", 1)[0], charset)

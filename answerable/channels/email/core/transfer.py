"""Transfer encodings undone (RFC 2045), and uuencode, however broken. Pure; never raises.

All of it goes by pieces: a file of 25 MB is at no time whole in memory.
"""

from __future__ import annotations

import binascii
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from answerable.channels.email.core.mapped import View, pieces_of

MOST_FILES = 100
BASE64 = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
NOT_BASE64 = bytes(set(range(256)) - set(BASE64))
KNOWN = BASE64 + b"= \t\r\n\v\f"
PADDED = re.compile(rb"=+")
NOT_PADDING = re.compile(rb"[^= \t\r\n]")
BELOW = re.compile(rb"=[ \t]+[^\s=]")
# A line of base64 has no blanks in it: what follows one is a list's footer or a scanner's note.
STRANGE_LINE = re.compile(rb"^[^\r\n]*[^A-Za-z0-9+/=\s]", re.MULTILINE)
SAYS = re.compile(rb"\S")
BEGIN = re.compile(rb"^begin (?:0?[0-7]{3}) ([^\r\n]{1,255})\r?\n", re.MULTILINE)
END = re.compile(rb"^end[ \t]*\r?$", re.MULTILINE)
LINE_END = re.compile(rb"\r\n?|\n")
# A line of uuencode says by its first byte how many follow, 63 at most.
LONGEST_UU = 1000


def plain_pieces(raw: View, encoding: str) -> Iterator[bytes]:
    """Give the bytes that a transfer encoding stands for; as they are if it is unknown."""
    decode = DECODERS.get(encoding.strip("\"' ;").split(" ", 1)[0].lower(), pieces_of)
    return decode(raw)


def from_base64(raw: bytes) -> bytes:
    """Return what base64 stands for, though its padding is wrong or text stands below it."""
    return b"".join(base64_pieces(raw))


def base64_pieces(raw: View) -> Iterator[bytes]:
    """Give the same by pieces; bytes that are no base64 as they are."""
    view = memoryview(raw)
    padding, is_strange = _seen_in(pieces_of(view))
    if padding >= 0 and not NOT_PADDING.search(view, padding):
        view, padding = view[:padding], -1
    if is_strange and (strange := STRANGE_LINE.search(view)):
        if not SAYS.search(view, 0, strange.start()):
            return pieces_of(view)  # It is none.
        view = view[: strange.start()]
    if padding >= 0 and (below := BELOW.search(view)):
        view = view[: below.start()]
    return _from_letters(pieces_of(view))


def _seen_in(pieces: Iterable[bytes]) -> tuple[int, bool]:
    """Return where the first padding stands, or -1, and whether there are other letters."""
    at, padding, is_strange = 0, -1, False
    for piece in pieces:
        if padding < 0 and (found := piece.find(b"=")) >= 0:
            padding = at + found
        is_strange = is_strange or bool(piece.translate(None, KNOWN))
        at += len(piece)
    return padding, is_strange


def _from_letters(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """Give what letters of base64 stand for; behind each padding they begin anew."""
    spare = b""
    for piece in pieces:
        first, *others = PADDED.split(piece)
        for run in others:
            yield _quads(spare + first.translate(None, NOT_BASE64))
            first, spare = run, b""
        letters = spare + first.translate(None, NOT_BASE64)
        full = len(letters) - len(letters) % 4
        spare = letters[full:]
        yield binascii.a2b_base64(letters[:full])
    yield _quads(spare)


def _quads(letters: bytes) -> bytes:
    if len(letters) % 4 == 1:  # One letter says less than a byte.
        letters = letters[:-1]
    return binascii.a2b_base64(letters + b"=" * (-len(letters) % 4))


def quoted_pieces(raw: View) -> Iterator[bytes]:
    """Give what quoted-printable stands for."""
    return map(binascii.a2b_qp, _whole_lines(raw))


def _whole_lines(raw: View) -> Iterator[bytes]:
    """Give bytes in pieces that end where a line does, however long it is."""
    held: list[bytes] = []
    for piece in pieces_of(raw):
        end = piece.rfind(b"\n") + 1
        if end:
            yield b"".join((*held, piece[:end]))
            held = []
        held.append(piece[end:])
    yield b"".join(held)


def uu_pieces(raw: View) -> Iterator[bytes]:
    """Give the first file of a uuencoded body, or the lines as they are without a begin."""
    for found in uu_files(raw):
        return found.pieces()
    lines = UuFile(b"", 0, len(raw), memoryview(raw))
    return lines.pieces() if any(lines.pieces()) else pieces_of(raw)


@dataclass(frozen=True, slots=True)
class UuFile:
    """A uuencoded file in a text: its name, where it begins and ends there, and its lines."""

    name: bytes
    begin: int
    end: int
    lines: memoryview

    def pieces(self) -> Iterator[bytes]:
        """Give what its lines stand for, up to one that cannot be read."""
        for lines in _uu_lines(self.lines):
            plain: list[bytes] = []
            is_good = all(_take_line(line, plain) for line in lines)
            yield b"".join(plain)
            if not is_good:
                return


def uu_files(raw: View) -> Iterator[UuFile]:
    """Give the uuencoded files in a text."""
    view = memoryview(raw)
    at = 0
    for _ in range(MOST_FILES):
        begin = BEGIN.search(view, at)
        if not begin:
            return
        end = END.search(view, begin.end())
        stop = end.end() if end else len(view)
        lines = view[begin.end() : end.start() if end else stop]
        found = UuFile(begin.group(1).strip(), begin.start(), stop, lines)
        at = begin.end()
        if any(found.pieces()):
            at = stop
            yield found


def _uu_lines(raw: View) -> Iterator[list[bytes]]:
    """Give lines, some at a time; of one that is too long its beginning."""
    held = b""
    for piece in pieces_of(raw):
        *lines, held = LINE_END.split(held + piece)
        yield lines
        held = held[:LONGEST_UU]
    yield [held]


def _take_line(line: bytes, plain: list[bytes]) -> bool:
    """Add what a line stands for; say whether it could be read."""
    line = line[:LONGEST_UU]
    if not line or line in {b"`", b" "}:
        return True
    # Some programs count wrong: believe the length byte, not the line.
    length = (((line[0] - 32) & 63) * 4 + 5) // 3
    for said in (line, line[:length]):
        try:
            plain.append(binascii.a2b_uu(said))
        except binascii.Error:
            continue
        return True
    return False


DECODERS: dict[str, Callable[[View], Iterator[bytes]]] = {
    "base64": base64_pieces,
    "base-64": base64_pieces,
    "b64": base64_pieces,
    "quoted-printable": quoted_pieces,
    "quotedprintable": quoted_pieces,
    "qp": quoted_pieces,
    "x-uuencode": uu_pieces,
    "uuencode": uu_pieces,
    "x-uue": uu_pieces,
    "uue": uu_pieces,
}

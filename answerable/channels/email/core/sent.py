"""A mail as it was sent, with CRLF as line ends: its head, and its body by pieces. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from answerable.channels.email.core.mapped import Buffer, pieces_of

LINE_END = re.compile(rb"\r?\n|\r")
BLANK = b"\r\n\r\n"
LONGEST_HEAD = 512 * 1024


class Sent:
    """A mail, whatever its line ends are now."""

    def __init__(self, raw: Buffer) -> None:
        self._raw = raw
        head = bytearray()
        for piece in self._pieces():
            seen = max(len(head) - len(BLANK), 0)
            head += piece
            if head.find(BLANK, seen) >= 0 or len(head) > LONGEST_HEAD:
                break
        self.head, blank, _ = bytes(head).partition(BLANK)
        self._has_body = bool(blank)

    def body(self) -> Iterator[bytes]:
        """Give what stands below its headers; nothing where no line is empty."""
        left = len(self.head) + len(BLANK)
        for piece in self._pieces() if self._has_body else ():
            if left < len(piece):
                yield piece[left:]
            left = max(left - len(piece), 0)

    def _pieces(self) -> Iterator[bytes]:
        return _with_line_ends(pieces_of(self._raw))


def _with_line_ends(pieces: Iterable[bytes]) -> Iterator[bytes]:
    held = b""
    for piece in pieces:
        whole = held + piece
        held = b"\r" if whole.endswith(b"\r") else b""
        yield _as_sent(whole[: len(whole) - len(held)])
    yield _as_sent(held)


def _as_sent(raw: bytes) -> bytes:
    if raw.count(b"\n") == raw.count(b"\r\n") == raw.count(b"\r"):
        return raw
    return LINE_END.sub(b"\r\n", raw)

"""The digest of what a mail says: the same for each copy of it, however it travelled. Pure."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable
from typing import Protocol

BLANK = re.compile(rb"\r?\n\r?\n")
SAYS = re.compile(
    rb"^(?:from|to|cc|subject|date|message-id|in-reply-to|references|content-type|sender)"
    rb"[ \t]*:[^\n]*(?:\n[ \t][^\n]*)*",
    re.IGNORECASE | re.MULTILINE,
)
# What goes on for longer without a blank line counts as text from there on.
LONGEST_HEAD = 1024 * 1024
LONGEST_BLANK = 4
Buffer = bytes | bytearray | memoryview


class Hash(Protocol):
    """What the digest needs of a hash."""

    def update(self, data: bytes, /) -> None:
        """Add bytes."""

    def hexdigest(self) -> str:
        """Return the digest of all that was added."""


class Digest:
    """The digest of a mail that comes in pieces, of which only the head is kept.

    Headers that servers add on the way (Received, Return-Path, Delivered-To, signatures) differ
    between two copies of one mail, and line ends and what is blank at its end may too, so none
    of these counts.
    """

    def __init__(self) -> None:
        self._head = bytearray()
        self._hash: Hash | None = None
        self._blank: list[bytes] = []  # what may be the mail's end, and then does not count

    def add(self, piece: Buffer) -> None:
        """Add the next bytes of the mail."""
        if self._hash:
            self._add_text(bytes(piece))
            return
        seen = max(len(self._head) - LONGEST_BLANK, 0)
        self._head += piece
        end = BLANK.search(self._head, seen, LONGEST_HEAD + LONGEST_BLANK)
        if end:
            self._begin(end.start(), end.end())
        elif len(self._head) >= LONGEST_HEAD + LONGEST_BLANK:
            self._begin(LONGEST_HEAD, LONGEST_HEAD)

    def hexdigest(self) -> str:
        """Return the SHA-256 of a mail's author's headers and its body, in hexadecimal."""
        if self._hash is None:
            return _of_head(bytes(self._head)).hexdigest()
        return self._hash.hexdigest()

    def _begin(self, end: int, text: int) -> None:
        self._hash = _of_head(bytes(self._head[:end]))
        rest = bytes(self._head[text:])
        self._head.clear()
        self._add_text(rest)

    def _add_text(self, piece: bytes) -> None:
        if not piece.strip():
            self._blank.append(piece)
            return
        whole = b"".join((*self._blank, piece))
        says = whole.rstrip()
        self._blank = [whole[len(says) :]]
        if self._hash:
            self._hash.update(says.replace(b"\r\n", b"\n"))


def content_digest(raw: bytes) -> str:
    """Return the digest of a mail that is there as a whole."""
    return digest_of([raw])


def digest_of(pieces: Iterable[Buffer]) -> str:
    """Return the digest of a mail that comes in pieces, which is that of the whole."""
    digest = Digest()
    for piece in pieces:
        digest.add(piece)
    return digest.hexdigest()


def _of_head(head: bytes) -> Hash:
    lines = [line.replace(b"\r", b"") for line in SAYS.findall(head)]
    digest = hashlib.sha256(b"\n".join(lines or [head.replace(b"\r", b"")]))
    digest.update(b"\n\n")
    return digest

"""Bytes that may lie in a file, and are read as if they were in memory. Pure.

A mail may be large, and so may what is inside it. What is large lies in a file without a name,
of which the system shows us the places that we look at; so none of it is ever there as a whole.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Iterable, Iterator
from itertools import chain
from tempfile import TemporaryFile
from typing import Self

PIECE = 256 * 1024
# What is longer lies in a file.
LARGE = 256 * 1024
WINDOW = 1024 * 1024


class Mapped(mmap.mmap):
    """The bytes of a file. It keeps a handle of it, to be handed on to another process."""

    handle = -1

    def __new__(cls, handle: int) -> Self:
        """Return the bytes of the file behind a handle, which stays the caller's."""
        self = super().__new__(cls, handle, 0, access=mmap.ACCESS_READ)
        self.handle = os.dup(handle)
        return self

    def __del__(self) -> None:
        """Give the handle back."""
        if self.handle >= 0:
            os.close(self.handle)

    def forget(self) -> None:
        """Let go of what was looked at: it is read again when it is wanted."""
        self.madvise(mmap.MADV_DONTNEED)


Buffer = bytes | Mapped
View = bytes | memoryview | Mapped


def gathered(pieces: Iterable[bytes], folder: str | None = None) -> Buffer:
    """Return bytes that come in pieces: in memory while they are few, else in a file.

    The file lies in a folder, or where the system has its temporary ones. Raises OSError.
    """
    coming = iter(pieces)
    held: list[bytes] = []
    size = 0
    for piece in coming:
        held.append(piece)
        size += len(piece)
        if size > LARGE:
            return _in_file(chain(held, coming), folder)
    return held[0] if len(held) == 1 else b"".join(held)


def _in_file(pieces: Iterable[bytes], folder: str | None) -> Mapped:
    with TemporaryFile(dir=folder) as file:
        for piece in pieces:
            file.write(piece)
        file.flush()
        return Mapped(file.fileno())


def pieces_of(raw: View) -> Iterator[bytes]:
    """Return bytes from the first on, a piece at a time, and nothing for none."""
    lies = raw.obj if isinstance(raw, memoryview) else raw
    for begin in range(0, len(raw), PIECE):
        yield bytes(raw[begin : begin + PIECE])
        if isinstance(lies, Mapped):
            lies.forget()


def beginning(pieces: Iterable[bytes], most: int) -> bytes:
    """Return the first bytes of those that come in pieces; of too many, whole lines."""
    first = bytearray()
    for piece in pieces:
        first += piece
        if len(first) > most:
            return bytes(first[: first.rfind(b"\n", 0, most) + 1 or most])
    return bytes(first)


def find(raw: Buffer, mark: bytes, begin: int, end: int) -> int:
    """Return where a mark stands first between two places; -1 where it does not."""
    if not isinstance(raw, Mapped):
        return raw.find(mark, begin, end)
    for at in range(begin, end, WINDOW):
        found = raw.find(mark, at, min(end, at + WINDOW + len(mark) - 1))
        if found >= 0:
            return found
        raw.forget()
    return -1

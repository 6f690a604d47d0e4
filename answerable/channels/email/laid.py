"""Large bytes on their way to the process that reads mails, and back.

Sent over the wire they would be there four times at once: at both ends, as they are and packed.
So they lie in files without names, of which only the handles are sent. Nothing is left of them
when whoever holds the last handle is gone.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from tempfile import SpooledTemporaryFile
from typing import IO, Any

from answerable.channels.email.core.files import Attachment, Carried
from answerable.channels.email.core.mapped import LARGE, Mapped, gathered, pieces_of
from answerable.channels.email.core.reading import Asked, Reading


@dataclass(frozen=True, slots=True)
class Laid:
    """Stands for bytes that lie in the file that is sent: where they begin and end there."""

    begin: int
    end: int

    def __call__(self) -> Iterator[bytes]:
        """Raise LookupError: whoever receives it puts the file in its place."""
        raise LookupError("The file has not come.")


@dataclass(frozen=True, slots=True)
class InFile:
    """Bytes that lie in a file, read whenever they are wanted."""

    file: Mapped
    begin: int
    end: int

    def __call__(self) -> Iterator[bytes]:
        """Give them by pieces."""
        return pieces_of(memoryview(self.file)[self.begin : self.end])


class Shelf:
    """Takes the files of mails: few bytes are carried, what is more is laid into one file."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._left = LARGE
        self.laid = 0

    def take(self, file: Attachment) -> Attachment:
        """Return a file that says where its bytes are."""
        if file.size <= self._left:
            self._left -= file.size
            return replace(file, pieces=Carried(file.read()))
        begin = self.laid
        for piece in file.pieces():
            self.laid += self._file.write(piece)
        return replace(file, pieces=Laid(begin, self.laid))


def send_asked(wire: Connection, asked: Sequence[Asked]) -> None:
    """Send mails that are to be read."""
    raws = [gathered([each.raw]) if isinstance(each.raw, bytes) else each.raw for each in asked]
    carried = [raw if isinstance(raw, bytes) else None for raw in raws]
    wire.send_bytes(pickle.dumps((carried, [replace(each, raw=b"") for each in asked])))
    for raw in raws:
        if isinstance(raw, Mapped):
            send_handle(wire, raw.handle, 0)


def receive_asked(wire: Connection) -> list[Asked]:
    """Return mails that are to be read."""
    raws, asked = _received(wire)
    return [
        replace(each, raw=_lying(wire) if raw is None else raw)
        for raw, each in zip(raws, asked, strict=True)
    ]


def send_read(wire: Connection, read: Sequence[Reading]) -> None:
    """Send what mails say, with their files."""
    with SpooledTemporaryFile(max_size=1) as file:  # It is made when something is laid there.
        shelf = Shelf(file)
        said = [_with_files(each, shelf.take) for each in read]
        wire.send_bytes(pickle.dumps((shelf.laid > 0, said)))
        if shelf.laid:
            file.flush()
            send_handle(wire, file.fileno(), 0)


def receive_read(wire: Connection) -> list[Reading]:
    """Return what mails say. The bytes of large files are read when they are asked for."""
    is_laid, read = _received(wire)
    if not is_laid:
        return list(read)
    lying = _lying(wire)

    def found(file: Attachment) -> Attachment:
        at = file.pieces
        if not isinstance(at, Laid):
            return file
        return replace(file, pieces=InFile(lying, at.begin, at.end))

    return [_with_files(each, found) for each in read]


def _with_files(reading: Reading, change: Callable[[Attachment], Attachment]) -> Reading:
    files = tuple(change(file) for file in reading.mail.attachments)
    return replace(reading, mail=replace(reading.mail, attachments=files))


def _received(wire: Connection) -> tuple[Any, Any]:
    said: tuple[Any, Any] = pickle.loads(wire.recv_bytes())  # noqa: S301  from the other end of ours
    return said


def _lying(wire: Connection) -> Mapped:
    handle = recv_handle(wire)
    try:
        return Mapped(handle)
    finally:
        os.close(handle)

"""Large bytes on their way to the process that reads mails, and back.

Sent over the wire they would be there four times at once: at both ends, as they are and packed.
So they lie in files without names, of which only the handles are sent. Nothing is left of them
when whoever holds the last handle is gone.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection
from multiprocessing.reduction import recv_handle, send_handle
from tempfile import TemporaryFile
from typing import IO, Any

from answerable.channels.email.core.files import Attachment, Carried
from answerable.channels.email.core.reading import Asked, Reading

LARGE = 256 * 1024
MOST_FILES = 200  # a process may hold a thousand handles or so


@dataclass(frozen=True, slots=True)
class Laid:
    """Stands for bytes that lie in a file: its place among those that are sent."""

    place: int

    def __call__(self) -> bytes:
        """Raise LookupError: whoever receives it puts the file in its place."""
        raise LookupError("The file has not come.")


@dataclass(frozen=True, slots=True)
class InFile:
    """The bytes of a file, read whenever they are wanted."""

    file: IO[bytes]

    def __call__(self) -> bytes:
        """Return them."""
        self.file.seek(0)
        return self.file.read()


def send_asked(wire: Connection, asked: Sequence[Asked]) -> None:
    """Send mails that are to be read."""
    files: list[IO[bytes]] = []
    laid = [
        (replace(each, raw=b""), Laid(_lay(each.raw, files)))
        if _is_large(each.raw, files)
        else (each, None)
        for each in asked
    ]
    _send(wire, laid, files)


def receive_asked(wire: Connection) -> list[Asked]:
    """Return mails that are to be read."""
    laid, files = _received(wire)
    return [replace(each, raw=files[at.place]()) if at else each for each, at in laid]


def send_read(wire: Connection, read: Sequence[Reading]) -> None:
    """Send what mails say, with their files."""
    files: list[IO[bytes]] = []

    def laid(file: Attachment) -> Attachment:
        content = file.read()
        is_large = _is_large(content, files)
        return replace(file, read=Laid(_lay(content, files)) if is_large else Carried(content))

    _send(wire, [_with(each, laid) for each in read], files)


def receive_read(wire: Connection) -> list[Reading]:
    """Return what mails say. The bytes of large files are read when they are asked for."""
    read, files = _received(wire)

    def found(file: Attachment) -> Attachment:
        at = file.read
        return replace(file, read=files[at.place]) if isinstance(at, Laid) else file

    return [_with(each, found) for each in read]


def _with(reading: Reading, change: Callable[[Attachment], Attachment]) -> Reading:
    files = tuple(change(file) for file in reading.mail.attachments)
    return replace(reading, mail=replace(reading.mail, attachments=files))


def _is_large(content: bytes, files: Sequence[IO[bytes]]) -> bool:
    return len(content) > LARGE and len(files) < MOST_FILES


def _lay(content: bytes, files: list[IO[bytes]]) -> int:
    file: IO[bytes] = TemporaryFile()  # noqa: SIM115  it is closed once it was sent
    file.write(content)
    file.flush()
    files.append(file)
    return len(files) - 1


def _send(wire: Connection, said: object, files: Sequence[IO[bytes]]) -> None:
    wire.send_bytes(pickle.dumps((said, len(files))))
    for file in files:
        send_handle(wire, file.fileno(), 0)
        file.close()


def _received(wire: Connection) -> tuple[Any, list[InFile]]:
    said, count = pickle.loads(wire.recv_bytes())  # noqa: S301  from the other end of ours
    handles = [recv_handle(wire) for _ in range(count)]
    return said, [InFile(os.fdopen(handle, "rb")) for handle in handles]

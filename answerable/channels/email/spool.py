"""A mail's bytes while they are taken in: in memory as long as they are few, then in a file."""

from __future__ import annotations

from collections.abc import Iterator
from tempfile import SpooledTemporaryFile
from types import TracebackType

from django.conf import settings

from answerable.channels.email.core.digest import Digest

# Most mails are shorter. What is longer waits in a file that has no name.
MOST_IN_MEMORY = 1024 * 1024
PIECE = 256 * 1024


def folder() -> str | None:
    """Return where files without names are to lie; None for where the system has such files.

    What is only for a while may be in memory there.
    """
    return str(settings.DATA) if settings.DATA.is_dir() else None


class Spool:
    """A raw mail that comes and is read in pieces; at the end its size and digest are known."""

    def __init__(self) -> None:
        self._file = SpooledTemporaryFile(  # noqa: SIM115  # `close` closes it.
            max_size=MOST_IN_MEMORY, dir=folder()
        )
        self._digest = Digest()
        self.size = 0

    def __enter__(self) -> Spool:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    @classmethod
    def of(cls, raw: bytes) -> Spool:
        """Return the spool of a mail that is there as a whole."""
        spool = cls()
        spool.add(raw)
        return spool

    @property
    def digest(self) -> str:
        """The digest of what the mail says (core/digest.py)."""
        return self._digest.hexdigest()

    def add(self, piece: bytes) -> None:
        """Add the next bytes. Raises OSError when the disk is full."""
        self._file.write(piece)
        self._digest.add(piece)
        self.size += len(piece)

    def pieces(self) -> Iterator[bytes]:
        """Return the bytes from the first on, a piece at a time."""
        self._file.seek(0)
        while piece := self._file.read(PIECE):
            yield piece

    def head(self) -> bytes:
        """Return its first bytes, where its headers are."""
        self._file.seek(0)
        return self._file.read(PIECE)

    def close(self) -> None:
        """Forget the bytes."""
        self._file.close()

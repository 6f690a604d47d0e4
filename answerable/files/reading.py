"""Reads files in pieces: never a whole one in memory, and no connection kept in between."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator

from asgiref.sync import sync_to_async
from django.db import connection

from answerable.files.actions.keeping import PIECE
from answerable.files.models import StoredFile
from answerable.lib import bulk

READ = "SELECT data FROM files_filechunk WHERE file_id = %(file)s AND number = %(number)s"


class Missing(Exception):
    """A piece of a file is not in the database, where it should be."""


def pieces(file: StoredFile) -> Iterator[bytes]:
    """Return a file's bytes from the first on, a piece at a time. Raises Missing."""
    for number in range(_count(file)):
        yield _piece(file.pk, number)


async def span(file: StoredFile, first: int, last: int) -> AsyncIterator[bytes]:
    """Return the bytes of a file from one to another, both included. Raises Missing.

    Whoever reads slowly keeps no connection meanwhile: there are few of them.
    """
    for number in range(first // PIECE, last // PIECE + 1):
        begin = number * PIECE
        piece = await _given_back(file.pk, number)
        yield piece[max(first - begin, 0) : last + 1 - begin]


@sync_to_async
def _given_back(file: int, number: int) -> bytes:
    try:
        return _piece(file, number)
    finally:
        if not connection.in_atomic_block:
            connection.close()


def _piece(file: int, number: int) -> bytes:
    rows = bulk.run(READ, {"file": file, "number": number}, binary=True)
    if not rows:
        raise Missing(f"piece {number} of file {file}")
    return bytes(rows[0][0])


def _count(file: StoredFile) -> int:
    return -(-file.size // PIECE)

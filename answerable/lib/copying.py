"""Rows into a table by COPY, in PostgreSQL's own binary form; a value may come in pieces.

Nothing is written out as text, and what comes in pieces is never whole in our memory.
"""

from __future__ import annotations

import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import psycopg
from django.db import connection
from psycopg.sql import SQL, Composed, Identifier

# PostgreSQL's documentation of COPY, "Binary Format".
BEGIN = b"PGCOPY\n\xff\r\n\0" + struct.pack("!ii", 0, 0)
END = struct.pack("!h", -1)
NULL = struct.pack("!i", -1)
EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
MICROSECOND = timedelta(microseconds=1)
VARCHAR_OID = 1043

Buffer = bytes | bytearray | memoryview


@dataclass(frozen=True, slots=True)
class Pieces:
    """A value of so many bytes, which come one piece after another."""

    size: int
    pieces: Iterable[Buffer]


Value = bytes | Pieces | None


def rows_into(table: str, columns: Sequence[str], rows: Iterable[Sequence[Value]]) -> None:
    """Write rows into a table, in the transaction of Django's connection.

    Values stand as the functions below return them, in the order of the columns. Raises what
    Django raises.
    """
    connection.ensure_connection()
    with (
        connection.wrap_database_errors,
        psycopg.Cursor(connection.connection) as cursor,
        cursor.copy(_statement(table, columns)) as copy,
    ):
        copy.write(BEGIN)
        for row in rows:
            for piece in _framed(row):
                copy.write(piece)
        copy.write(END)


def words(value: str) -> bytes:
    """Return a text's value."""
    return value.encode()


def small_number(value: int) -> bytes:
    """Return the value of a smallint."""
    return struct.pack("!h", value)


def number(value: int) -> bytes:
    """Return the value of an integer."""
    return struct.pack("!i", value)


def big_number(value: int) -> bytes:
    """Return the value of a bigint."""
    return struct.pack("!q", value)


def instant(value: datetime) -> bytes:
    """Return the value of a timestamp with time zone."""
    return big_number((value - EPOCH) // MICROSECOND)


def list_of_words(values: Sequence[str]) -> bytes:
    """Return the value of a varchar[]."""
    head = struct.pack("!iii", int(bool(values)), 0, VARCHAR_OID)
    if not values:
        return head
    bounds = struct.pack("!ii", len(values), 1)
    return head + bounds + b"".join(map(_with_length, map(words, values)))


def _statement(table: str, columns: Sequence[str]) -> Composed:
    names = SQL(", ").join(map(Identifier, columns))
    return SQL("COPY {} ({}) FROM STDIN (FORMAT BINARY)").format(Identifier(table), names)


def _framed(row: Sequence[Value]) -> Iterator[Buffer]:
    """Return a row as it is sent: short values in one piece, as far as they go."""
    told = bytearray(struct.pack("!h", len(row)))
    for value in row:
        if value is None:
            told += NULL
        elif isinstance(value, bytes):
            told += _with_length(value)
        else:
            yield bytes(told) + struct.pack("!i", value.size)
            yield from value.pieces
            told.clear()
    yield bytes(told)


def _with_length(value: bytes) -> bytes:
    return struct.pack("!i", len(value)) + value

"""Reads instants from the database, hundreds for a page.

The reader that Django gives to psycopg takes them apart with a regular expression, which takes
six times as long as Python's own parser, and on pages with many rows longer than the query.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from psycopg.abc import Buffer
from psycopg.types.datetime import TimestamptzLoader


class Instant(TimestamptzLoader):
    """Reads a `timestamptz` into UTC, in whatever zone the session has it written."""

    timezone = UTC  # Django asks for it, and puts a reader of its own in place for another.

    def load(self, data: Buffer) -> datetime:
        """Return the instant. Raises what psycopg raises for one that Python has not."""
        try:
            read = datetime.fromisoformat(str(data, "ascii"))
        except ValueError:
            read = super().load(data)
        return read.astimezone(UTC)


def read_instants(connection: BaseDatabaseWrapper, **kwargs: Any) -> None:
    """Let a connection read instants with Python's own parser."""
    connection.connection.adapters.register_loader("timestamptz", Instant)

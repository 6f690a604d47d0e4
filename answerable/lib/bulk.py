"""Statements about thousands of rows: columns as arrays, sent in PostgreSQL's own form."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import psycopg
from django.db import connection


def run(
    query: str, values: Mapping[str, Any], *, binary: bool = False
) -> list[tuple[Any, ...]]:
    """Run a statement in the transaction of Django's connection, and return its rows.

    Its parameters stand in it as %(name)b for arrays and %(name)s for the rest. Django's own
    cursors write every value into the statement as text, which for thousands takes longer than
    the statement itself. With `binary` the rows come in PostgreSQL's own form too, in which
    bytes are half as long as in text. Raises what Django raises.
    """
    connection.ensure_connection()
    with connection.wrap_database_errors, psycopg.Cursor(connection.connection) as cursor:
        cursor.execute(query.encode(), values, binary=binary)
        return cursor.fetchall() if cursor.description else []

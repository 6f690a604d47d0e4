"""Takes the database away, for real: every session ends, and no new one begins for a while."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.db import connection
from psycopg.sql import SQL, Identifier

OURS = ("cursor_factory", "context", "pool", "prepare_threshold")
END = "SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE datname = %s"
ALLOW = SQL("ALTER DATABASE {} ALLOW_CONNECTIONS {}")


def end_all_sessions() -> None:
    """End every session of the test's database, as a restart of PostgreSQL does."""
    with _server() as (server, name):
        server.execute(END, [name])


def restart() -> None:
    """End every session, and let this thread go on; who has a connection finds it dead."""
    end_all_sessions()
    connection.close()


@contextmanager
def shut() -> Iterator[None]:
    """Let nobody in while the block runs, after every session was ended."""
    with _server() as (server, name):
        server.execute(ALLOW.format(Identifier(name), SQL("false")))
        server.execute(END, [name])
        try:
            yield
        finally:
            server.execute(ALLOW.format(Identifier(name), SQL("true")))


@contextmanager
def _server() -> Iterator[tuple[psycopg.Connection[Any], str]]:
    params = connection.get_connection_params()
    kept = {key: value for key, value in params.items() if key not in OURS}
    name = str(kept.pop("dbname"))
    with psycopg.connect(**kept, dbname="postgres", autocommit=True) as server:
        yield server, name

"""Connections that the server has dropped: known dead at once instead of one by one."""

from __future__ import annotations

from django.db import connection


def replace_dead_connections() -> None:
    """Let the pool of this process replace what a restart of the server has left dead.

    Without it each dead connection is found by the one who asks for it, who then waits twice as
    long as for the one before: 1 s, 2 s, 4 s, until nobody is served.
    """
    connection.close()
    pool = getattr(connection, "pool", None)
    if pool is not None and not pool.closed:
        pool.check()

"""Pools of connections that serve at once when the database is back.

psycopg_pool's own way is to wait before it tries again: a second, then two, then four, both for
each dead connection that it finds and for each try to reach a server that is away. A restart of
a second so became ten seconds in which nobody was served. Here a dead connection costs nothing,
and while somebody waits the server is tried ten times a second.
"""

from __future__ import annotations

import asyncio
import select
import time
from typing import Any

import psycopg
from psycopg_pool import AsyncConnectionPool, ConnectionPool

# Who asks for a connection waits so long for it.
PATIENCE_SECONDS = 10.0
AGAIN_SECONDS = 0.1
# A try that failed is not repeated by the pool itself; `try_again` does that.
GIVE_UP_AT_ONCE = 0.0

Wire = psycopg.Connection[Any]
AsyncWire = psycopg.AsyncConnection[Any]


def try_again(pool: ConnectionPool[Any]) -> None:
    """Have a pool that reached nobody try anew in a moment, as long as somebody waits."""
    time.sleep(AGAIN_SECONDS)
    if _somebody_waits(pool):
        pool.check()


async def try_again_later(pool: AsyncConnectionPool[Any]) -> None:
    """Do the same for a pool of the event loop."""
    await asyncio.sleep(AGAIN_SECONDS)
    if _somebody_waits(pool):
        await pool.check()


def options(largest: int) -> dict[str, Any]:
    """Return what Django's pool of at most so many connections is made with."""
    return {
        "min_size": 1,
        "max_size": largest,
        "timeout": PATIENCE_SECONDS,
        "reconnect_timeout": GIVE_UP_AT_ONCE,
        "reconnect_failed": try_again,
    }


def answers(wire: Wire) -> bool:
    """Say whether an idle connection can be used.

    While its line is quiet that costs no question: a server that ended has closed its end,
    which is heard. What else is heard, a question tells from an end.
    """
    if wire.closed:
        return False
    if _is_quiet(wire):
        return True
    try:
        ConnectionPool.check_connection(wire)
    except psycopg.Error:
        return False
    return True


class WorkersPool(AsyncConnectionPool[AsyncWire]):
    """A worker's own connections, on the event loop: none is kept that nobody needs."""

    def __init__(self, **kwargs: Any) -> None:
        """Take what Procrastinate gives a pool, but look after dead connections in our way."""
        ours: dict[str, Any] = {
            "min_size": 0,
            "max_size": 4,
            "timeout": PATIENCE_SECONDS,
            "reconnect_timeout": GIVE_UP_AT_ONCE,
            "reconnect_failed": try_again_later,
            "check": None,
        }
        super().__init__(**kwargs | ours)

    async def getconn(self, timeout: float | None = None) -> AsyncWire:
        """Return a connection that can be used. Raises PoolTimeout when there is none."""
        wire = await super().getconn(timeout)
        while not await self._answers(wire):
            await self.putconn(wire)
            wire = await super().getconn(timeout)
        return wire

    async def _answers(self, wire: AsyncWire) -> bool:
        if wire.closed:
            return False
        if _is_quiet(wire):
            return True
        try:
            await self.check_connection(wire)
        except psycopg.Error:
            return False
        return True


def _is_quiet(wire: Wire | AsyncWire) -> bool:
    line = select.poll()
    line.register(wire.fileno(), select.POLLIN)
    return not line.poll(0)


def _somebody_waits(pool: ConnectionPool[Any] | AsyncConnectionPool[Any]) -> bool:
    return not pool.closed and bool(pool.get_stats().get("requests_waiting"))

"""Ears for tests: what PostgreSQL tells, and a loop on the test's own connection."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterator
from contextlib import contextmanager
from typing import Any, TypeVar

import psycopg
from asgiref.sync import async_to_sync

from answerable.lib.wire import params
from answerable.live.events import CHANNEL

Result = TypeVar("Result")
Wire = psycopg.Connection[tuple[object, ...]]


@contextmanager
def wire() -> Iterator[Wire]:
    """Give a connection of its own that listens."""
    with psycopg.connect(**params(), autocommit=True) as opened:
        opened.execute(f"LISTEN {CHANNEL}")
        yield opened


def heard(wire: Wire) -> list[str]:
    """Return the topics that have been told by now."""
    return [notice.payload.partition(" ")[2] for notice in wire.notifies(timeout=0.05)]


def run(work: Coroutine[Any, Any, Result]) -> Result:
    """Do something in a loop of its own within a minute. What it asks of the database it asks
    on the connection of the test, inside whose transaction it sees and is seen."""

    async def in_time() -> Result:
        async with asyncio.timeout(60):
            return await work

    return async_to_sync(in_time)()

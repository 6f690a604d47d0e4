"""One connection a process listens to PostgreSQL and hands each change to the open streams."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator

import psycopg

from answerable.lib.wire import params
from answerable.live.events import CHANNEL

log = logging.getLogger(__name__)

RESYNC = (0, "")  # tells a page that changes may have been missed
FULL = 1000
RETRY_SECONDS = 0.5

Heard = tuple[int, str]


class Hub:
    """The streams that are open in this process, by their queues."""

    def __init__(self) -> None:
        self._open: dict[asyncio.Queue[Heard], frozenset[str]] = {}
        self._task: asyncio.Task[None] | None = None

    @contextlib.asynccontextmanager
    async def listening(self, topics: frozenset[str]) -> AsyncIterator[asyncio.Queue[Heard]]:
        """Give a queue that receives the changes of these topics while the block runs."""
        queue: asyncio.Queue[Heard] = asyncio.Queue(FULL)
        self._open[queue] = topics
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._listen())
        try:
            yield queue
        finally:
            self._open.pop(queue, None)

    async def _listen(self) -> None:
        while self._open:
            try:
                await self._follow()
            except (psycopg.Error, OSError) as error:
                log.warning("The live stream lost the database: %s", type(error).__name__)
                await asyncio.sleep(RETRY_SECONDS)

    async def _follow(self) -> None:
        async with await psycopg.AsyncConnection.connect(**params(), autocommit=True) as wire:
            await wire.execute(f"LISTEN {CHANNEL}")
            self._tell(RESYNC)
            async for notice in wire.notifies():
                number, _, topic = notice.payload.partition(" ")
                self._tell((int(number), topic))

    def _tell(self, heard: Heard) -> None:
        for queue, topics in list(self._open.items()):
            if heard == RESYNC or heard[1] in topics:
                self._put(queue, heard)

    def _put(self, queue: asyncio.Queue[Heard], heard: Heard) -> None:
        try:
            queue.put_nowait(heard)
        except asyncio.QueueFull:
            while not queue.empty():
                queue.get_nowait()
            queue.put_nowait(RESYNC)


hub = Hub()

"""Stores what arrives at the door: whoever waits at the same time goes in one transaction."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from types import TracebackType

from django.db import Error, connection

from answerable.channels.email.actions import Arrival, store_mail

log = logging.getLogger(__name__)

MOST_AT_ONCE = 50
MOST_BYTES = 64 * 1024 * 1024

Waiting = tuple[Arrival, "asyncio.Future[bool]"]


class Store:
    """One thread that writes, and those who wait for it."""

    def __init__(self) -> None:
        self._waiting: asyncio.Queue[Waiting] = asyncio.Queue()
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="mail-store")

    async def __aenter__(self) -> Store:
        self._task = asyncio.create_task(self._work())
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Store what still waits, then stop."""
        await self.finish()
        self._task.cancel()
        self._thread.submit(_leave)
        self._thread.shutdown()

    async def finish(self) -> None:
        """Return once everybody who waits was answered."""
        await self._waiting.join()
        await asyncio.sleep(0)  # Those who wait now say 250.

    async def keep(self, arrival: Arrival) -> bool:
        """Return whether a mail is on disk."""
        done: asyncio.Future[bool] = asyncio.get_running_loop().create_future()
        self._waiting.put_nowait((arrival, done))
        return await asyncio.shield(done)

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while True:
            batch = await self._batch()
            stored = await loop.run_in_executor(
                self._thread, store_all, [arrival for arrival, _ in batch]
            )
            for (_, done), is_stored in zip(batch, stored, strict=True):
                done.set_result(is_stored)
                self._waiting.task_done()
            for arrival, _ in batch:
                arrival.close()

    async def _batch(self) -> list[Waiting]:
        batch = [await self._waiting.get()]
        size = batch[0][0].size
        while not self._waiting.empty() and len(batch) < MOST_AT_ONCE and size < MOST_BYTES:
            batch.append(self._waiting.get_nowait())
            size += batch[-1][0].size
        return batch


def _leave() -> None:
    """Give the connection of this very thread back."""
    connection.close()


def store_all(arrivals: Sequence[Arrival]) -> list[bool]:
    """Store mails and say of each whether it is on disk. Never raises.

    A connection may be dead because the server was restarted, so once is tried again at once.
    When mails cannot be stored together, each is stored alone: one that the database cannot
    take must not stop the others.
    """
    if _stored(arrivals) or _stored(arrivals):
        return [True] * len(arrivals)
    if len(arrivals) == 1:
        return [False]
    return [_stored([arrival]) for arrival in arrivals]


def _stored(arrivals: Sequence[Arrival]) -> bool:
    try:
        store_mail(arrivals)
    except Error as error:
        log.warning("Mail could not be stored: %s", type(error).__name__)
    except Exception:
        log.exception("Mail could not be stored.")
    else:
        return True
    connection.close()
    return False

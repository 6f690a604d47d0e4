"""Agents' pages that are open: each listens, and fetches its parts as the desk's scripts do."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable
from contextlib import suppress
from dataclasses import dataclass, field

# As in desk/static/desk/elements: what comes together is fetched once, and not too often.
TICKET_WAIT, TICKET_GAP = 0.040, 0.250
QUEUE_WAIT, QUEUE_GAP = 0.150, 0.340


@dataclass(slots=True)
class OpenPage:
    """A desk with a ticket open: its address on the loopback, and whose session it is."""

    port: int
    cookie: str
    ticket: int
    have: list[int]
    shown: Callable[[str, float], None]
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    fetched: int = 0

    async def stay(self) -> None:
        """Listen and fetch until cancelled."""
        rows = ",".join(map(str, self.have))
        ticket = Again(self, f"/desk/tickets/{self.ticket}/parts/", TICKET_WAIT, TICKET_GAP)
        queue = Again(self, f"/desk/q/all/rows/?have={rows}", QUEUE_WAIT, QUEUE_GAP)
        wanted = {f"ticket-{self.ticket}": ticket, "queue-all": queue}
        async with asyncio.TaskGroup() as group:
            group.create_task(ticket.run())
            group.create_task(queue.run())
            async for topic in self._topics(",".join(wanted)):
                if topic in wanted:
                    wanted[topic].asked.set()

    async def _topics(self, topics: str) -> AsyncIterator[str]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.port)
        await _ask(writer, f"/live/?topics={topics}", self.cookie)
        try:
            async for line in reader:
                if line.startswith(b"event: beat"):
                    self.listening.set()
                if line.startswith(b'data: {"topic"'):
                    yield json.loads(line[6:])["topic"]
        finally:
            writer.close()


@dataclass(slots=True)
class Again:
    """Fetches one part whenever that was asked for; never two at a time."""

    page: OpenPage
    path: str
    wait: float
    gap: float
    asked: asyncio.Event = field(default_factory=asyncio.Event)
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def run(self) -> None:
        """Fetch until cancelled."""
        last = 0.0
        while True:
            await self.asked.wait()
            await asyncio.sleep(max(self.wait, last + self.gap - time.monotonic()))
            self.asked.clear()
            last = time.monotonic()
            self.page.shown(await self._fetch(), time.time())
            self.page.fetched += 1

    async def _fetch(self) -> str:
        """Ask over the connection that is open, or, as browsers do, over a new one."""
        if self.line is not None:
            with suppress(asyncio.IncompleteReadError, ConnectionResetError, BrokenPipeError):
                return await self._ask_over(*self.line)
            self.line[1].close()
        self.line = await asyncio.open_connection("127.0.0.1", self.page.port)
        return await self._ask_over(*self.line)

    async def _ask_over(
        self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter
    ) -> str:
        await _ask(writer, self.path, self.page.cookie)
        return await _answer(reader)


async def _ask(writer: asyncio.StreamWriter, path: str, cookie: str) -> None:
    lines = [f"GET {path} HTTP/1.1", "Host: 127.0.0.1", f"Cookie: {cookie}", "HX-Request: true"]
    writer.write("\r\n".join([*lines, "", ""]).encode())
    await writer.drain()


async def _answer(reader: asyncio.StreamReader) -> str:
    head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
    status = head.split(" ", 2)[1]
    if status != "200":
        raise ConnectionError(f"A part answered {status}.")
    length = int(head.partition("content-length:")[2].split("\r\n")[0])
    return (await reader.readexactly(length)).decode()

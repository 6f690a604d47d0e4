"""Pages of chats for tests: what a stream tells them, and what they make of it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

from django.http import HttpRequest

from answerable.channels.chat.models import Chat
from answerable.channels.chat.streaming import chat_stream
from answerable.live.tests.wires import run

Told = tuple[str, dict[str, Any]]


class Ear:
    """One page: hears events of a kind in their order."""

    def __init__(self, parts: AsyncIterator[bytes]) -> None:
        self._parts = parts
        self._told: list[Told] = []  # of the part that came last, what nobody asked for yet

    async def next(self, kind: str) -> dict[str, Any]:
        """Return the data of the next event of a kind; others are let pass."""
        while True:
            while self._told:
                told, data = self._told.pop(0)
                if told == kind:
                    return data
            part = await anext(self._parts, None)
            if part is None:
                return {"over": True}
            self._told = parsed(part.decode())

    async def entries(self, last: int) -> list[int]:
        """Return the numbers of the entries up to one."""
        numbers: list[int] = []
        while not numbers or numbers[-1] < last:
            numbers.append((await self.next("entry"))["seq"])
        return numbers


def parsed(part: str) -> list[Told]:
    """Return the events of a part of a stream."""
    found = []
    for block in part.split("\n\n"):
        lines = dict(line.split(": ", 1) for line in block.splitlines() if ": " in line)
        if "event" in lines:
            found.append((lines["event"], json.loads(lines["data"])))
    return found


@asynccontextmanager
async def listening(
    chat: Chat, side: str, after: int = 0, may: Callable[[], bool] = lambda: True
) -> AsyncIterator[Ear]:
    """Open a page's stream while the block runs."""
    request = HttpRequest()
    request.GET["after"] = str(after)  # type: ignore[misc]  # It is empty, and may be written.
    content: Any = chat_stream(request, chat, side, may).streaming_content
    try:
        yield Ear(content)
    finally:
        await content.aclose()


def listen(
    chat: Chat, side: str, hear: Callable[[Ear], Awaitable[Any]], after: int = 0, **more: Any
) -> Any:
    """Let a page listen, and return what it made of it."""

    async def work() -> Any:
        async with asyncio.timeout(30), listening(chat, side, after, **more) as ear:
            return await hear(ear)

    return run(work())

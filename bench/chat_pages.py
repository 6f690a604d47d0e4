"""Pages with a chat open: each listens, comes back when it is cut off, and says something."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlencode

RETRY_SECONDS = 1.0
SILENCE_SECONDS = 15.0
SECRET = "x" * 32  # what a page shows to prove that its form is ours
Ports = Callable[[], int]
Shown = Callable[["Page", str, float], None]


class Cut(Exception):
    """The connection ended, or its process did."""


TROUBLE = (OSError, Cut, asyncio.IncompleteReadError, TimeoutError)


@dataclass(slots=True, eq=False)
class Page:
    """One side's open page of one chat."""

    chat: int
    stream: str
    say: str
    fields: Mapping[str, str]
    headers: tuple[str, ...]
    ports: Ports
    shown: Shown
    body_name: str = "body"
    last: int = 0
    numbers: list[int] = field(default_factory=list)
    listening: asyncio.Event = field(default_factory=asyncio.Event)
    comings: int = 0
    trouble: str = ""
    line: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None

    async def stay(self) -> None:
        """Listen until cancelled, from the last number on."""
        while True:
            try:
                async for number, data in self._entries():
                    self.last = number
                    self.numbers.append(number)
                    self.shown(self, data, time.monotonic())
            except TROUBLE as error:
                self.trouble = repr(error)
            self.listening.clear()
            await asyncio.sleep(RETRY_SECONDS)

    async def _entries(self) -> AsyncIterator[tuple[int, str]]:
        reader, writer = await asyncio.open_connection("127.0.0.1", self.ports())
        try:
            await _send(writer, "GET", f"{self.stream}?after={self.last}", self.headers)
            head = await reader.readuntil(b"\r\n\r\n")
            if b" 200 " not in head[:20]:
                raise Cut(head[:60].decode())
            self.comings += 1
            while True:
                # Before an event stands the length of its piece (HTTP's chunks).
                told = (await reader.readuntil(b"\n\n")).rpartition(b"\r\n")[2]
                if told.startswith(b"id: "):
                    number, _, rest = told.partition(b"\n")
                    yield int(number[4:]), rest.partition(b"data: ")[2].decode()
                elif not self.listening.is_set():
                    self.listening.set()
        finally:
            writer.close()

    async def write(self, token: str, body: str) -> None:
        """Say something, again and again until it is taken."""
        text = urlencode({**self.fields, "token": token, self.body_name: body})
        while True:
            try:
                async with asyncio.timeout(SILENCE_SECONDS):
                    await self._post(text)
                    return
            except TROUBLE as error:
                self.trouble = repr(error)
            if self.line:
                self.line[1].close()
            self.line = None
            await asyncio.sleep(RETRY_SECONDS)

    async def _post(self, text: str) -> None:
        if self.line is None:
            self.line = await asyncio.open_connection("127.0.0.1", self.ports())
        reader, writer = self.line
        await _send(writer, "POST", self.say, self.headers, text)
        head = (await reader.readuntil(b"\r\n\r\n")).decode().lower()
        length = int(head.partition("content-length:")[2].split("\r\n")[0])
        answer = await reader.readexactly(length)
        if " 200 " not in head[:20]:
            raise Cut(f"{head[:40]} {answer[:200]!r}")
        if not json.loads(answer).get("seq"):
            raise Cut(answer[:200].decode())


async def _send(
    writer: asyncio.StreamWriter,
    method: str,
    path: str,
    headers: tuple[str, ...],
    body: str = "",
) -> None:
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if body:
        lines += [
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
    writer.write("\r\n".join([*lines, "", body]).encode())
    await writer.drain()


def customer_page(chat: int, key: str, bearer: str, ports: Ports, shown: Shown) -> Page:
    """Return a customer's page, in the widget."""
    return Page(
        chat=chat,
        stream=f"/widget/chats/{key}/stream/",
        say="/widget/views/chat-say/",
        fields={"key": key},
        headers=(f"Authorization: Bearer {bearer}",),
        ports=ports,
        shown=shown,
    )


def agent_page(chat: int, key: str, cookies: str, ports: Ports, shown: Shown) -> Page:
    """Return an agent's page, on the desk."""
    return Page(
        chat=chat,
        stream=f"/desk/chats/{key}/stream/",
        say=f"/desk/chats/{key}/say/",
        fields={},
        headers=(
            f"Cookie: {cookies}; csrftoken={SECRET}",
            f"X-CSRFToken: {SECRET}",
            "HX-Request: true",
        ),
        ports=ports,
        shown=shown,
        body_name="reply",
    )

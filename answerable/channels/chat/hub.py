"""The chats whose pages are open in this process: one connection listens, and one read fetches
for all of them what is new, so that an open page costs the database nothing.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar

import psycopg
from asgiref.sync import sync_to_async
from django.db import Error, InterfaceError, OperationalError, close_old_connections
from django.utils.timezone import now

from answerable.channels.chat import wire
from answerable.channels.chat.reading import News, Queue, news_of, queue_at
from answerable.channels.chat.wire import CHANNEL, Typing
from answerable.lib.wire import params

log = logging.getLogger(__name__)

FULL = 200
RETRY_SECONDS = 0.5
# Chats that are read at once, and how far apart two reads begin: after a silence nobody waits,
# and where much is said, what changes meanwhile is read together.
MOST_CHATS = 200
TOGETHER_SECONDS = 0.05
LINE_SECONDS = 0.5
LINE_AGAIN_SECONDS = 30.0

Loop = Callable[[], Coroutine[None, None, None]]
About = TypeVar("About")
Found = TypeVar("Found")


@dataclass(frozen=True, slots=True)
class Place:
    """How many people are before this chat in the line; None: nobody waits in it."""

    ahead: int | None
    usual: timedelta | None


class Lost:
    """The page was too slow: its stream ends, and it comes back with its last number."""


Heard = News | Typing | Place | Lost


@dataclass(slots=True, eq=False)
class Listener:
    """One open page: its chat, and the number up to which it has been given entries."""

    chat: int
    after: int
    queue: asyncio.Queue[Heard] = field(default_factory=lambda: asyncio.Queue(FULL))
    place: Place | None = None

    def put(self, heard: Heard) -> None:
        """Let the page hear something, unless it hears too little of it."""
        try:
            self.queue.put_nowait(heard)
        except asyncio.QueueFull:
            while not self.queue.empty():
                self.queue.get_nowait()
            self.queue.put_nowait(Lost())


class ChatHub:
    """The open pages of this process by their chats, and what is to be read for them."""

    def __init__(self) -> None:
        self._open: dict[int, set[Listener]] = {}
        self._changed: dict[int, None] = {}  # in the order in which they changed
        self._news = asyncio.Event()
        self._line = asyncio.Event()
        self._tasks: list[asyncio.Task[None]] = []
        self.hears = asyncio.Event()  # of what is told from now on

    @contextlib.asynccontextmanager
    async def listening(self, chat: int, after: int) -> AsyncIterator[Listener]:
        """Give a listener that hears the entries of a chat after a number."""
        listener = Listener(chat, after)
        self._open.setdefault(chat, set()).add(listener)
        self._mark(chat)
        self._line.set()
        self._begin()
        try:
            yield listener
        finally:
            self._open[chat].discard(listener)
            if not self._open[chat]:
                del self._open[chat]
            if not self._open:
                self._end()

    def _begin(self) -> None:
        if not self._tasks:
            loops = (self._listen, self._read, self._look_at_line)
            self._tasks = [asyncio.create_task(_kept_up(loop)) for loop in loops]

    def _end(self) -> None:
        for task in self._tasks:
            task.cancel()
        self._tasks = []

    def _mark(self, *chats: int) -> None:
        self._changed |= dict.fromkeys(chats)
        self._news.set()

    async def _listen(self) -> None:
        async with await psycopg.AsyncConnection.connect(**params(), autocommit=True) as there:
            await there.execute(f"LISTEN {CHANNEL}")
            self.hears.set()
            self._mark(*self._open)  # What was told before this connection listened.
            self._line.set()
            async for notice in there.notifies():
                self._hear(notice.payload)

    def _hear(self, notice: str) -> None:
        chat, typing = wire.read(notice)
        if not chat:
            self._line.set()
        elif typing is None:
            if chat in self._open:
                self._mark(chat)
        else:
            for listener in self._open.get(chat, ()):
                listener.put(typing)

    async def _read(self) -> None:
        clock, begun = asyncio.get_running_loop().time, 0.0
        while True:
            await self._news.wait()
            await asyncio.sleep(max(0.0, begun + TOGETHER_SECONDS - clock()))
            begun, after = clock(), self._taken()
            try:
                found = await _asked(news_of, after)
            except (OperationalError, InterfaceError):
                self._mark(*after)
                raise
            for news in found:
                self._give(news)

    def _taken(self) -> dict[int, int]:
        """Take chats that changed, each with the number that all of its pages have."""
        chats = list(self._changed)[:MOST_CHATS]
        for chat in chats:
            del self._changed[chat]
        if not self._changed:
            self._news.clear()
        there = (chat for chat in chats if chat in self._open)
        return {chat: min(one.after for one in self._open[chat]) for chat in there}

    def _give(self, news: News) -> None:
        """Give pages what was read; one that came meanwhile, with less, is read for next."""
        for listener in self._open.get(news.chat.pk, ()):
            if listener.after < news.after:
                continue
            listener.put(news)
            if news.entries:
                listener.after = max(listener.after, news.entries[-1].seq)
        if news.rest:
            self._mark(news.chat.pk)

    async def _look_at_line(self) -> None:
        """Tell those who wait of their place, when it changes and now and then."""
        while True:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(LINE_AGAIN_SECONDS):
                    await self._line.wait()
            self._line.clear()
            self._tell_places(await _asked(queue_at, now()))
            await asyncio.sleep(LINE_SECONDS)

    def _tell_places(self, queue: Queue) -> None:
        for listener in self._listeners():
            ahead = queue.places.get(listener.chat)
            place = Place(ahead, queue.usual if ahead is not None else None)
            if place != (listener.place or Place(None, None)):
                listener.place = place
                listener.put(place)

    def _listeners(self) -> Iterator[Listener]:
        for listeners in list(self._open.values()):
            yield from list(listeners)


async def _kept_up(loop: Loop) -> None:
    """Run a loop of the hub for as long as pages are open, whatever happens in it."""
    while True:
        try:
            await loop()
        except (psycopg.Error, Error, OSError) as error:
            log.warning("The chats lost the database: %s", type(error).__name__)
        except Exception:
            log.exception("The chats' streams stumbled, and go on.")
        await asyncio.sleep(RETRY_SECONDS)


async def _asked(ask: Callable[[About], Found], about: About) -> Found:
    """Ask the database in a thread, whose connection goes back when it has answered."""

    def asked() -> Found:
        try:
            return ask(about)
        finally:
            close_old_connections()

    return await sync_to_async(asked, thread_sensitive=False)()


hub = ChatHub()

"""Which customers have a page of their chat open in this process: what is known of their
presence comes from the streams of their pages, and from nothing else.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from asgiref.sync import sync_to_async
from django.db import Error, close_old_connections
from django.utils.timezone import now

from answerable.channels.chat.actions.seeing import go_away, keep_here
from answerable.channels.chat.models import Chat

log = logging.getLogger(__name__)

LOOK_SECONDS = 1.0
# A page that loads anew, or was cut off for a moment, is back by then.
GRACE = timedelta(seconds=5)
# Who is not heard of for 75 seconds is missed (actions/waking.py).
SAY_AGAIN = timedelta(seconds=25)
AT_ONCE = 500


class Pages:
    """The chats whose customers look at them here, and those whose last page was closed."""

    def __init__(self) -> None:
        self._open: Counter[int] = Counter()
        self._said: dict[int, datetime] = {}
        self._closed: dict[int, datetime] = {}
        self._task: asyncio.Task[None] | None = None

    @contextmanager
    def open(self, chat: int) -> Iterator[None]:
        """Count a customer's page while the block runs."""
        self._open[chat] += 1
        if self._closed.pop(chat, None):
            self._said.pop(chat, None)
        if self._task is None or self._task.done():
            self._task = asyncio.get_running_loop().create_task(self._keep())
        try:
            yield
        finally:
            self._open[chat] -= 1
            if not self._open[chat]:
                del self._open[chat]
                self._said.pop(chat, None)
                self._closed[chat] = now()

    async def _keep(self) -> None:
        """Write down who is here and who has gone, for as long as there is anybody."""
        while self._open or self._closed:
            try:
                await sync_to_async(self._write, thread_sensitive=False)(now())
            except Error as error:
                log.warning("Who is here cannot be kept: %s", type(error).__name__)
            await asyncio.sleep(LOOK_SECONDS)

    def _write(self, at: datetime) -> None:
        """Write what is to be said by now. What fails is said again."""
        try:
            for chats in _parts(self._unsaid(at)):
                keep_here(chats, at=at)
                self._said |= dict.fromkeys(chats, at)
            for chat, since in list(self._closed.items()):
                if at - since >= GRACE:
                    go_away(Chat(pk=chat), since=since, at=at)
                    self._closed.pop(chat, None)
        finally:
            close_old_connections()

    def _unsaid(self, at: datetime) -> list[int]:
        said = self._said
        return [
            chat for chat in list(self._open) if chat not in said or at - said[chat] > SAY_AGAIN
        ]


def _parts(chats: list[int]) -> Iterator[list[int]]:
    for first in range(0, len(chats), AT_ONCE):
        yield chats[first : first + AT_ONCE]


pages = Pages()

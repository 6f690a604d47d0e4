"""Answers to static files that never change, remembered whole.

Each is made by Django once, with all headers that our middleware gives it, and from then on
sent from memory without a visit to a thread.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from django.conf import settings

from answerable.lib.statics import version

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

# In bytes. Who asks under a thousand names for one file fills no memory.
MOST = 32_000_000
LARGEST = 300_000
ABOUT_HEADERS = 2_000
# Who asks with one of these wants another answer than the whole file.
SPECIAL = {b"range", b"if-none-match", b"if-modified-since"}
# What an answer may depend on.
ASKED_WITH = (b"host", b"accept-encoding", b"origin", b"x-forwarded-proto")


class Remembered:
    """An application that is asked once for each file under an address with a version."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self._prefix = f"{settings.STATIC_URL}{version()}/"
        self._kept: dict[object, list[Message]] = {}
        self._bytes = 0

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer from memory, or have it answered and remember that."""
        key = self._key(scope)
        if key is None:
            await self.application(scope, receive, send)
            return
        if known := self._kept.get(key):
            for message in known:
                await send(message)
            return
        said: list[Message] = []

        async def listened(message: Message) -> None:
            said.append(message)
            await send(message)

        await self.application(scope, receive, listened)
        self._keep(key, said)

    def _key(self, scope: Message) -> object | None:
        if scope["type"] != "http" or not scope["path"].startswith(self._prefix):
            return None
        headers = dict(scope["headers"])
        if settings.DEBUG or scope["method"] != "GET" or not SPECIAL.isdisjoint(headers):
            return None
        asked_with = tuple(headers.get(name) for name in ASKED_WITH)
        return scope["scheme"], scope["path"], scope["query_string"], asked_with

    def _keep(self, key: object, said: list[Message]) -> None:
        start, *rest = said or [{}]
        body = b"".join(message.get("body", b"") for message in rest)
        is_whole = bool(rest) and not rest[-1].get("more_body", False)
        if start.get("status") != 200 or not is_whole or len(body) > LARGEST:
            return
        self._bytes += len(body) + ABOUT_HEADERS
        if self._bytes > MOST:
            self._kept.clear()
            self._bytes = len(body) + ABOUT_HEADERS
        self._kept[key] = [start, {"type": "http.response.body", "body": body}]

"""Django's handler of ASGI, which answers a request in one go, in one of a few threads."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, cast

from asgiref.sync import sync_to_async
from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.signals import request_started
from django.db import close_old_connections
from django.http import FileResponse, HttpRequest
from django.http.response import HttpResponseBase
from django.urls import set_script_prefix

Message = Mapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]

# More would wait for one of eight connections, and for each other: Python runs one at a time.
THREADS = ThreadPoolExecutor(max_workers=16, thread_name_prefix="request")


class OneWay(ASGIHandler):
    """Makes an answer from its first signal to its last in one visit to a thread that is there.

    Django's own goes to a thread four times for a request, starts that thread for it, and keeps
    it for as long as the answer is sent: one for each open stream. What a stream asks later it
    asks in a thread that it chooses; whoever reads a file piece by piece gets one of their own.
    """

    def __init__(self) -> None:
        super(ASGIHandler, self).__init__()
        self.load_middleware(is_async=False)
        self._answered = sync_to_async(self._answer, thread_sensitive=False, executor=THREADS)

    async def handle(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer one request."""
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        answer = await self._answered(scope, body)
        if answer.streaming:
            await self._stream(answer, receive, send)
        else:
            await self.send_response(answer, send)

    def _answer(self, scope: Message, body: IO[bytes]) -> HttpResponseBase:
        """Return the answer to a request. Its connection is given back by then."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=self.__class__, scope=scope)
        request, refused = self.create_request(scope, body)
        answer: HttpResponseBase = refused or self.get_response(cast(HttpRequest, request))
        answer._handler_class = self.__class__  # type: ignore[attr-defined]
        if isinstance(answer, FileResponse):
            answer.block_size = self.chunk_size
        if answer.streaming:
            close_old_connections()
        else:
            answer.close()
            body.close()
        return answer

    async def _stream(self, answer: HttpResponseBase, receive: Receive, send: Send) -> None:
        """Send an answer for as long as there is something to send, and somebody listens."""
        sending = asyncio.create_task(self.send_response(answer, send))
        leaving = asyncio.create_task(self.listen_for_disconnect(receive))
        try:
            await asyncio.wait((sending, leaving), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            leaving.cancel()
            ended, _ = await asyncio.gather(sending, leaving, return_exceptions=True)
            await sync_to_async(answer.close)()
        if isinstance(ended, Exception):
            raise ended

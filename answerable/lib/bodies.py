"""Ends requests that send more than anybody needs to, before the whole of it is taken in."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Any, Any, Any], Awaitable[None]]

WORDS = b"That is too big to send. Go back: your text is still there."


class Limited:
    """An application that is asked with bodies of at most so many bytes."""

    def __init__(self, application: Application, most_bytes: int) -> None:
        self.application, self.most_bytes = application, most_bytes

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Answer; one that says beforehand that it is too long is refused in words."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
        elif _announced(scope) > self.most_bytes:
            await _refuse(send)
        else:
            await self.application(scope, self._counted(receive), send)

    def _counted(self, receive: Receive) -> Receive:
        """Return a way to receive that hangs up on whoever goes on for too long."""
        taken = 0

        async def counted() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            return {"type": "http.disconnect"} if taken > self.most_bytes else message

        return counted


def _announced(scope: Message) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _refuse(send: Send) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8"), (b"connection", b"close")]
    await send({"type": "http.response.start", "status": 413, "headers": headers})
    await send({"type": "http.response.body", "body": WORDS})

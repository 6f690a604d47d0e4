"""What is sent is taken in as long as it is not too much, said beforehand or not."""

from __future__ import annotations

from typing import Any

import pytest
from asgiref.sync import async_to_sync

from answerable.lib.bodies import Limited


async def reader(scope: Any, receive: Any, send: Any) -> None:
    """An application that takes the whole body, and says how long it was."""
    taken, more = 0, True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            await send("hung up")
            return
        taken += len(message["body"])
        more = message["more_body"]
    await send(taken)


def asked(pieces: list[bytes], announced: int | None = None) -> Any:
    said: list[Any] = []
    waiting = [
        {"type": "http.request", "body": piece, "more_body": number < len(pieces)}
        for number, piece in enumerate(pieces, start=1)
    ]

    async def receive() -> Any:
        return waiting.pop(0)

    async def send(message: Any) -> None:
        said.append(message)

    headers = [] if announced is None else [(b"content-length", str(announced).encode())]
    scope = {"type": "http", "headers": headers}
    async_to_sync(Limited(reader, 10))(scope, receive, send)
    return said[0]


@pytest.mark.parametrize("pieces", [[b""], [b"12345"], [b"12345", b"67890"]])
def test_what_is_short_enough_is_taken_in(pieces: list[bytes]) -> None:
    assert asked(pieces) == sum(map(len, pieces))


def test_who_says_it_is_too_long_is_refused_before_it_comes() -> None:
    assert asked([], announced=11)["status"] == 413


def test_who_does_not_say_so_is_hung_up_on() -> None:
    assert asked([b"12345", b"67890", b"1"]) == "hung up"

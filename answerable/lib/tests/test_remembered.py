"""Static files that never change are made once, and sent from memory from then on."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pytest_django import Settings

from answerable.lib import remembered
from answerable.lib.handler import OneWay
from answerable.lib.remembered import Remembered
from answerable.lib.statics import version

Headers = dict[str, str]
SCRIPT = f"/static/{version()}/desk/desk.js"
GZIP = {"host": "help.example", "accept-encoding": "gzip, br"}


class Counted:
    """Our application, and how often it was asked."""

    def __init__(self) -> None:
        self.application, self.times = OneWay(), 0

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        """Answer as it does."""
        self.times += 1
        await self.application(scope, receive, send)


def ask(
    application: Any, path: str, headers: Headers = GZIP, method: str = "GET"
) -> tuple[int, list[tuple[bytes, bytes]], bytes]:
    """Return status, headers and body of an answer."""
    sent: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        if sent:
            await asyncio.Event().wait()
        return {"type": "http.request", "body": b""}

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    raw = [(name.encode(), value.encode()) for name, value in headers.items()]
    scope: dict[str, Any] = {"type": "http", "method": method, "path": path}
    scope |= {"headers": raw, "scheme": "http", "query_string": b""}
    asyncio.run(application(scope, receive, send))
    body = b"".join(message.get("body", b"") for message in sent[1:])
    return sent[0]["status"], sent[0]["headers"], body


@pytest.fixture
def made() -> Counted:
    return Counted()


def test_a_file_is_made_once_and_its_answer_stays_the_same(made: Counted) -> None:
    application = Remembered(made)
    first = ask(application, SCRIPT)
    assert first[0] == 200
    assert b"immutable" in dict(first[1])[b"Cache-Control"]
    assert [ask(application, SCRIPT) for _ in range(3)] == [first] * 3
    assert made.times == 1


@pytest.mark.parametrize("more", [{}, {"accept-encoding": "identity"}, {"host": "b.example"}])
def test_who_asks_in_another_way_gets_an_answer_of_their_own(
    made: Counted, more: Headers
) -> None:
    application = Remembered(made)
    headers = {"host": "help.example", **more}
    for _ in range(2):
        ask(application, SCRIPT)
        assert ask(application, SCRIPT, headers) == ask(OneWay(), SCRIPT, headers)
    assert made.times == 2


@pytest.mark.parametrize(
    ("path", "headers", "method"),
    [
        (SCRIPT, {**GZIP, "range": "bytes=0-9"}, "GET"),
        (SCRIPT, {**GZIP, "if-none-match": '"1"'}, "GET"),
        (SCRIPT, GZIP, "HEAD"),
        ("/static/desk/desk.js", GZIP, "GET"),
        (f"/static/{version()}/desk/none.js", GZIP, "GET"),
    ],
)
@pytest.mark.django_db
def test_what_is_no_whole_file_of_this_version_is_asked_for_each_time(
    made: Counted, path: str, headers: Headers, method: str
) -> None:
    application = Remembered(made)
    assert ask(application, path, headers, method)[0] == ask(OneWay(), path, headers, method)[0]
    ask(application, path, headers, method)
    assert made.times == 2


def test_while_somebody_develops_nothing_is_remembered(
    made: Counted, settings: Settings
) -> None:
    application = Remembered(made)
    settings.DEBUG = True
    for _ in range(2):
        ask(application, SCRIPT)
    assert made.times == 2


def test_names_without_end_fill_no_memory(
    made: Counted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MOST", 20_000)
    application = Remembered(made)
    for number in range(20):
        ask(application, SCRIPT, {**GZIP, "host": f"{number}.example"})
    assert ask(application, SCRIPT, {**GZIP, "host": "19.example"})[0] == 200
    assert made.times == 20
    ask(application, SCRIPT, {**GZIP, "host": "0.example"})
    assert made.times == 21

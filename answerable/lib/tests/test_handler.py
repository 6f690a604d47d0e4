"""Answers as a web server gets them from the application."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator
from typing import Any

import pytest
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.urls import path
from pytest_django import Settings

from answerable.lib.handler import OneWay, Receive

Sent = list[dict[str, Any]]
closed: list[str] = []


async def _for_ever() -> AsyncIterator[bytes]:
    try:
        while True:
            yield b"a beat"
            await asyncio.sleep(0)
    finally:
        closed.append("for ever")


async def _not_for_long() -> AsyncIterator[bytes]:
    yield b"a beat"
    raise ZeroDivisionError


def say_where(request: HttpRequest) -> HttpResponse:
    """Answer with the thread in which it is answered, and with what was sent."""
    return HttpResponse(f"{threading.current_thread().name} {request.POST['word']}")


def go_on(request: HttpRequest) -> StreamingHttpResponse:
    """Answer without an end."""
    return StreamingHttpResponse(_for_ever())


def break_off(request: HttpRequest) -> StreamingHttpResponse:
    """Break in the middle of an answer."""
    return StreamingHttpResponse(_not_for_long())


urlpatterns = [path("where/", say_where), path("on/", go_on), path("off/", break_off)]


@pytest.fixture(autouse=True)
def _pages(settings: Settings) -> None:
    settings.ROOT_URLCONF, settings.MIDDLEWARE = __name__, []
    closed.clear()


def _asked(page: str, body: bytes, sent: Sent, *, after: int = 1) -> None:
    """Ask for a page, and leave when it has sent so many messages."""
    asyncio.run(_ask(page, body, sent, after))


async def _ask(page: str, body: bytes, sent: Sent, after: int) -> None:
    leaves, messages = asyncio.Event(), [{"type": "http.request", "body": body}]

    async def receive() -> dict[str, Any]:
        if messages:
            return messages.pop()
        await leaves.wait()
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        sent.append(message)
        if len(sent) == after:
            leaves.set()

    await OneWay()(_scope(page), receive, send)


def _scope(page: str) -> dict[str, Any]:
    kind = (b"content-type", b"application/x-www-form-urlencoded")
    return {"type": "http", "method": "POST", "path": page, "headers": [kind]}


def test_a_request_is_answered_in_a_thread_of_a_few() -> None:
    sent: Sent = []
    _asked("/where/", b"word=hello", sent)
    start, body = sent
    assert start["status"] == 200
    assert body["body"].startswith(b"request_")
    assert body["body"].endswith(b" hello")


def test_a_stream_ends_when_its_reader_leaves() -> None:
    sent: Sent = []
    _asked("/on/", b"", sent, after=5)
    assert sent[4]["body"] == b"a beat"
    assert closed == ["for ever"]


def test_what_breaks_in_a_stream_is_told_to_the_server() -> None:
    sent: Sent = []
    with pytest.raises(ZeroDivisionError):
        _asked("/off/", b"", sent)
    assert [one["type"] for one in sent] == ["http.response.start", "http.response.body"]


def test_who_leaves_before_all_is_sent_gets_no_answer() -> None:
    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    async def send(message: Any) -> None:
        raise AssertionError(message)

    waits: Receive = receive
    asyncio.run(OneWay()(_scope("/where/"), waits, send))

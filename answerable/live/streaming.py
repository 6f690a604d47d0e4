"""A stream as it is told: what was missed, what happens, and a beat between.

Events: `change` with {"topic": …} and the change's number as id; `beat` every few seconds with
{"now": milliseconds}; `resync` when changes may have been missed and all is fetched anew.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import count
from typing import TypeVar

from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import HttpRequest, StreamingHttpResponse
from django.utils.timezone import now

from answerable.live.hub import RESYNC, Heard, hub
from answerable.live.queries import missed_topics

log = logging.getLogger(__name__)

BEAT_SECONDS = 3.0
BEATS_TO_ASK_AGAIN = 10
MOST_TOPICS = 60
# A stream is open for hours and asks now and then: it keeps no thread of its own.
KEEPS_A_THREAD = False

Found = TypeVar("Found")

# Says which topics this reader may listen to by now: none when a session or a right has ended.
Ask = Callable[[], frozenset[str]]


def streamed(request: HttpRequest, topics: frozenset[str], ask: Ask) -> StreamingHttpResponse:
    """Return the stream of topics that a reader may listen to; `ask` is asked again and again.

    The number that the reader heard last stands in Last-Event-ID, or in ?after=.
    """
    after = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    answer = StreamingHttpResponse(
        _events(ask, topics, after), content_type="text/event-stream"
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


async def _events(ask: Ask, topics: frozenset[str], after: str) -> AsyncIterator[str]:
    """Tell what was missed, then what happens; beat, and ask again who listens, by the clock.

    The queue is open before what was missed is read, so nothing falls between the two. Without
    a database the stream ends, and the page comes back with the number that it heard last.
    """
    try:
        async with hub.listening(topics) as queue:
            yield "retry: 1000\n" + _beat()
            for heard in await _missed(after, topics):
                yield _change(heard)
            for beats in count(1):
                ends = asyncio.get_running_loop().time() + BEAT_SECONDS
                while asyncio.get_running_loop().time() < ends:
                    for heard in await _heard(queue, ends):
                        yield _change(heard)
                yield _beat()
                if beats % BEATS_TO_ASK_AGAIN == 0 and await in_a_thread(ask) != topics:
                    return
    except (OperationalError, InterfaceError) as error:
        log.warning("A stream ended: the database is away (%s).", type(error).__name__)


async def _heard(queue: asyncio.Queue[Heard], ends: float) -> list[Heard]:
    """Return what is heard next, or nothing when the beat comes first.

    What waits together is told once by topic.
    """
    try:
        async with asyncio.timeout_at(ends):
            waiting = [await queue.get()]
    except TimeoutError:
        return []
    while not queue.empty():
        waiting.append(queue.get_nowait())
    newest = {topic: number for number, topic in waiting}
    return [(number, topic) for topic, number in newest.items()]


async def in_a_thread(ask: Callable[[], Found]) -> Found:
    """Ask the database for a stream, in whichever thread is free; its connection goes back."""

    def asked() -> Found:
        with connection_given_back():
            return ask()

    return await sync_to_async(asked, thread_sensitive=KEEPS_A_THREAD)()


async def _missed(after: str, topics: frozenset[str]) -> list[Heard]:
    if not after.isdecimal():
        return []
    missed = await in_a_thread(partial(missed_topics, int(after), topics))
    return [RESYNC] if missed is None else missed


@contextmanager
def connection_given_back() -> Iterator[None]:
    """A stream is open for hours: the connection it kept would be one less for pages."""
    try:
        yield
    finally:
        close_old_connections()


def _beat() -> str:
    return f"event: beat\ndata: {json.dumps({'now': int(now().timestamp() * 1000)})}\n\n"


def _change(heard: Heard) -> str:
    number, topic = heard
    if heard == RESYNC:
        return "event: resync\ndata: {}\n\n"
    return f"id: {number}\nevent: change\ndata: {json.dumps({'topic': topic})}\n\n"

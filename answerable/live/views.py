"""The event stream: what changed, as it changes, to those who may know.

Events: `change` with {"topic": …} and the change's number as id; `beat` every few seconds with
{"now": milliseconds}; `resync` when changes may have been missed and all is fetched anew.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import contextmanager
from itertools import count

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.db import InterfaceError, OperationalError, close_old_connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from answerable.live.guards import allowed
from answerable.live.hub import RESYNC, Heard, hub
from answerable.live.queries import missed_topics

log = logging.getLogger(__name__)

BEAT_SECONDS = 3.0
BEATS_TO_ASK_AGAIN = 10
MOST_TOPICS = 60


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Open the stream of the topics named in ?topics=a,b that this reader may listen to."""
    wanted = request.GET.get("topics", "").split(",")[:MOST_TOPICS]
    topics = await _topics(request, wanted)
    if not topics:
        return HttpResponse(status=404)
    after = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    answer = StreamingHttpResponse(
        _events(request, topics, after), content_type="text/event-stream"
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


async def _events(
    request: HttpRequest, topics: frozenset[str], after: str
) -> AsyncIterator[str]:
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
                if beats % BEATS_TO_ASK_AGAIN == 0 and await _topics(request, topics) != topics:
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


@sync_to_async
def _topics(request: HttpRequest, wanted: Iterable[str]) -> frozenset[str]:
    """Ask anew who this is: a session or a right that has ended ends the stream."""
    with _connection_given_back():
        if not request.session.exists(request.session.session_key or ""):
            return frozenset()
        return frozenset(allowed(get_user(request), wanted))


@sync_to_async
def _missed(after: str, topics: frozenset[str]) -> list[Heard]:
    if not after.isdecimal():
        return []
    with _connection_given_back():
        missed = missed_topics(int(after), topics)
    return [RESYNC] if missed is None else missed


@contextmanager
def _connection_given_back() -> Iterator[None]:
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

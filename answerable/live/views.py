"""The event stream: what changed, as it changes, to those who may know.

Events: `change` with {"topic": …} and the change's number as id; `beat` every few seconds with
{"now": milliseconds}; `resync` when changes may have been missed and all is fetched anew.
"""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from answerable.live.guards import allowed
from answerable.live.hub import RESYNC, Heard, hub
from answerable.live.queries import missed_topics

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
    async with hub.listening(topics) as queue:
        yield "retry: 1000\n" + _beat()
        for heard in await _missed(after, topics):
            yield _change(heard)
        beats = 0
        while True:
            try:
                yield _change(await asyncio.wait_for(queue.get(), BEAT_SECONDS))
            except TimeoutError:
                yield _beat()
            beats += 1
            if beats % BEATS_TO_ASK_AGAIN == 0 and await _topics(request, topics) != topics:
                return


@sync_to_async
def _topics(request: HttpRequest, wanted: list[str] | frozenset[str]) -> frozenset[str]:
    """Ask again who this is: a session or right that ended ends the stream."""
    if hasattr(request, "_cached_user"):
        del request._cached_user
    if not request.session.exists(request.session.session_key or ""):
        return frozenset()
    return frozenset(allowed(request.user, wanted))


async def _missed(after: str, topics: frozenset[str]) -> list[Heard]:
    if not after.isdigit():
        return []
    missed = await sync_to_async(missed_topics)(int(after), topics)
    return [RESYNC] if missed is None else missed


def _beat() -> str:
    return f"event: beat\ndata: {json.dumps({'now': int(now().timestamp() * 1000)})}\n\n"


def _change(heard: Heard) -> str:
    number, topic = heard
    if heard == RESYNC:
        return "event: resync\ndata: {}\n\n"
    return f"id: {number}\nevent: change\ndata: {json.dumps({'topic': topic})}\n\n"

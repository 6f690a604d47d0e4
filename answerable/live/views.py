"""The event stream of whoever is signed in: what changed, as it changes (live/streaming.py)."""

from __future__ import annotations

from functools import partial

from asgiref.sync import sync_to_async
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from answerable.lib.sessions import user_by_now
from answerable.live.guards import allowed
from answerable.live.streaming import MOST_TOPICS, connection_given_back, streamed


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Open the stream of the topics named in ?topics=a,b that this reader may listen to."""
    wanted = request.GET.get("topics", "").split(",")[:MOST_TOPICS]
    ask = partial(_topics, request, wanted)
    topics = await sync_to_async(_first)(ask)
    return streamed(request, topics, ask) if topics else HttpResponse(status=404)


def _first(ask: partial[frozenset[str]]) -> frozenset[str]:
    with connection_given_back():
        return ask()


def _topics(request: HttpRequest, wanted: list[str]) -> frozenset[str]:
    """Ask anew who this is: a session or a right that has ended ends the stream."""
    return frozenset(allowed(user_by_now(request), wanted))

"""The stream of one chat for one page: its entries by their numbers, and how it stands.

Events: `entry` with the entry's number as id; `state` when the chat stands otherwise than was
told; `typing` while the other side writes; `beat` between, with {"now": milliseconds}. A page
that comes back names the last number that it has, and gets what comes after it.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, nullcontext
from dataclasses import asdict, dataclass, field
from itertools import count
from typing import Any

from asgiref.sync import sync_to_async
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.timezone import now

from answerable.channels.chat.hub import Heard, Listener, Lost, Place, hub
from answerable.channels.chat.models import Chat
from answerable.channels.chat.pages import pages
from answerable.channels.chat.reading import News
from answerable.channels.chat.shown import Address, entry_data, state_data
from answerable.channels.chat.wire import Typing
from answerable.live.streaming import connection_given_back, in_a_thread

log = logging.getLogger(__name__)

BEAT_SECONDS = 4.0
BEATS_TO_ASK_AGAIN = 12
LONGEST_NUMBER = 9

# Says whether this reader may still listen: no longer when a session or a right has ended.
Ask = Callable[[], bool]
Addresses = Callable[[Chat], Address]


def chat_stream(
    request: HttpRequest, chat: Chat, side: str, ask: Ask, address: Address | None = None
) -> StreamingHttpResponse:
    """Return the stream of a chat for a page of a side, in its language and zone.

    The number of its last entry stands in Last-Event-ID, or in ?after=. `ask` is asked again
    each 48 seconds; `address` makes the address of a file for the number of an attachment.
    """
    after = request.headers.get("Last-Event-ID") or request.GET.get("after", "")
    telling = Telling(side, address)
    answer = StreamingHttpResponse(
        _events(chat.pk, _number(after), telling, ask), content_type="text/event-stream"
    )
    answer.headers["Cache-Control"] = "no-store"
    answer.headers["X-Accel-Buffering"] = "no"
    return answer


async def found_stream(
    request: HttpRequest, find: Callable[[], Chat | None], side: str, addresses: Addresses
) -> HttpResponseBase:
    """Return the stream of the chat that `find` finds for this reader, for as long as it does;
    else that there is none. `addresses` says how addresses of files are made in it."""

    def found() -> Chat | None:
        with connection_given_back():
            return find()

    chat = await sync_to_async(found)()
    if chat is None:
        return HttpResponse(status=404)
    return chat_stream(request, chat, side, lambda: find() is not None, addresses(chat))


@dataclass(slots=True)
class Telling:
    """What one page has been told, so that nothing is told twice."""

    side: str
    address: Address | None
    language: str = field(default_factory=lambda: translation.get_language() or "en")
    zone: Any = field(default_factory=timezone.get_current_timezone)
    chat: Chat | None = None
    place: Place = field(default_factory=lambda: Place(None, None))
    told: str = ""

    def events(self, heard: Heard, after: int) -> Iterator[tuple[str, int]]:
        """Return events, each with the number up to which its page has entries by then."""
        with translation.override(self.language), timezone.override(self.zone):
            yield from list(self._events(heard, after))

    def _events(self, heard: Heard, after: int) -> Iterator[tuple[str, int]]:
        match heard:
            case Typing():
                if heard.side != self.side:
                    yield f"event: typing\ndata: {json.dumps(asdict(heard))}\n\n", after
            case News():
                for entry in heard.entries:
                    if entry.seq > after:
                        after = entry.seq
                        files = heard.files.get(entry.message_id or 0, ())
                        data = entry_data(entry, self.side, files, self.address)
                        yield _event("entry", data, after), after
                self.chat = heard.chat
                yield from self._state(after)
            case Place():
                self.place = heard
                yield from self._state(after)

    def _state(self, after: int) -> Iterator[tuple[str, int]]:
        if self.chat is None:
            return
        data = state_data(self.chat, self.place.ahead, self.place.usual)
        # The line and the chat are read apart: a place that a page shows must not go and come.
        if data["waiting"] and data["ahead"] is None:
            return
        state = _event("state", data)
        if state != self.told:
            self.told = state
            yield state, after


async def _events(
    chat: int, after: int, telling: Telling, ask: Ask
) -> AsyncGenerator[str, None]:
    """Tell what there is, then what happens; beat, and ask again who listens, by the clock."""
    try:
        with pages.open(chat) if telling.side == Chat.Side.CONTACT else nullcontext():
            async with aclosing(_told(chat, after, telling, ask)) as told:
                async for event in told:
                    yield event
    except (OperationalError, InterfaceError) as error:
        log.warning("A chat's stream ended: the database is away (%s).", type(error).__name__)


async def _told(chat: int, after: int, telling: Telling, ask: Ask) -> AsyncGenerator[str, None]:
    loop = asyncio.get_running_loop()
    async with hub.listening(chat, after) as listener:
        yield "retry: 1000\n" + _beat()
        for beats in count(1):
            ends = loop.time() + BEAT_SECONDS
            while loop.time() < ends:
                heard = await _heard(listener, ends)
                if isinstance(heard, Lost):
                    return
                told = list(telling.events(heard, after)) if heard else []
                if told:  # One piece to write for the server, and one to read for the page.
                    after = told[-1][1]
                    yield "".join(event for event, _ in told)
            yield _beat()
            if beats % BEATS_TO_ASK_AGAIN == 0 and not await in_a_thread(ask):
                return


async def _heard(listener: Listener, ends: float) -> Heard | None:
    """Return what is heard next, or nothing when the beat comes first."""
    try:
        async with asyncio.timeout_at(ends):
            return await listener.queue.get()
    except TimeoutError:
        return None


def _number(text: str) -> int:
    fits = text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
    return int(text) if fits else 0


def _beat() -> str:
    return _event("beat", {"now": int(now().timestamp() * 1000)})


def _event(kind: str, data: dict[str, Any], number: int | None = None) -> str:
    named = f"id: {number}\n" if number is not None else ""
    return f"{named}event: {kind}\ndata: {json.dumps(data)}\n\n"

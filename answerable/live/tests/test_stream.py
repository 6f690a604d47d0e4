"""The event stream as a page hears it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import pytest
from asgiref.sync import sync_to_async
from django.db import OperationalError, connection
from django.http import StreamingHttpResponse
from django.test import AsyncClient

from answerable.accounts.actions import let_in
from answerable.accounts.models import User
from answerable.cast import Cast
from answerable.live import streaming
from answerable.live.events import Changed, publish
from answerable.live.hub import Hub
from answerable.live.queries import newest_number
from answerable.live.tests.wires import run
from answerable.tickets.actions import add_note
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

Parts = AsyncIterator[str]


@pytest.fixture(autouse=True)
def hub(monkeypatch: pytest.MonkeyPatch) -> Hub:
    """A hub of the test's own, beats that need no waiting for, and one connection throughout:
    what the test has written is not committed (test_many_streams.py shows the giving back)."""
    hub = Hub()
    monkeypatch.setattr(streaming, "hub", hub)
    monkeypatch.setattr(streaming, "BEAT_SECONDS", 0.05)
    monkeypatch.setattr(streaming, "BEATS_TO_ASK_AGAIN", 2)
    monkeypatch.setattr(streaming, "KEEPS_A_THREAD", True)
    monkeypatch.setattr(streaming, "close_old_connections", lambda: None)
    return hub


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


@asynccontextmanager
async def open_stream(
    client: AsyncClient, topics: str, **headers: Any
) -> AsyncIterator[AsyncIterator[str]]:
    answer = await client.get(f"/live/?topics={topics}", headers=headers)
    assert isinstance(answer, StreamingHttpResponse)
    assert answer.headers["Content-Type"] == "text/event-stream"
    content: Any = answer.streaming_content
    parts = (part.decode() async for part in content)
    try:
        yield parts
    finally:
        await content.aclose()


def listen(
    user: User,
    topics: str,
    hear: Callable[[Parts, AsyncClient], Awaitable[object]],
    **headers: Any,
) -> Any:
    """Sign somebody in, let them listen, and return what they made of it."""

    async def work() -> object:
        client = AsyncClient()
        await client.aforce_login(user, backend="answerable.accounts.backend.People")
        async with open_stream(client, topics, **headers) as parts:
            return await hear(parts, client)

    return run(work())


async def events(parts: Parts, *, until: str) -> list[str]:
    """Return the parts up to the first that has this, without beats."""
    found: list[str] = []
    async for part in parts:
        if "event: beat" not in part:
            found.append(part)
        if until in part:
            return found
    return [*found, "end"]


@pytest.mark.django_db(transaction=True)
def test_it_tells_an_agent_of_a_change_as_it_happens(at: datetime) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> list[str]:
        await events(parts, until="resync")
        await sync_to_async(publish)(Changed("ticket-7"))
        return await events(parts, until="change")

    (told,) = listen(Cast(at).ana.user, "ticket-7,queue-all", hear)
    assert told == f'id: {newest_number()}\nevent: change\ndata: {{"topic": "ticket-7"}}\n\n'


def test_it_begins_with_the_time_of_the_server(cast: Cast) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> str:
        return await anext(parts)

    first = listen(cast.ana.user, "queue-all", hear)
    assert first.startswith('retry: 1000\nevent: beat\ndata: {"now": ')


def test_it_beats_however_much_happens(cast: Cast, hub: Hub) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> None:
        beats = 0
        while beats < 3:
            hub._tell((1, "queue-all"))
            beats += "event: beat" in await anext(parts)

    listen(cast.ana.user, "queue-all", hear)


def test_it_tells_once_of_a_topic_that_changed_often_meanwhile(cast: Cast, hub: Hub) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> list[str]:
        await anext(parts)
        waiting = asyncio.ensure_future(events(parts, until="ticket-2"))
        await asyncio.sleep(0)
        for number, topic in enumerate(["queue-all", "ticket-1", "queue-all", "ticket-2"], 1):
            hub._tell((number, topic))
        return await waiting

    told = listen(cast.ana.user, "queue-all,ticket-1,ticket-2", hear)
    changes = [part.partition("\n")[0] for part in told if "change" in part]
    assert changes == ["id: 3", "id: 2", "id: 4"]


def test_it_tells_after_the_last_number_that_a_page_heard_what_it_missed(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> list[str]:
        return await events(parts, until="queue-all")

    last = newest_number()
    add_note(ticket, agent=cast.ana, body="Known.", at=at)
    told = listen(
        cast.ana.user, f"ticket-{ticket.pk},queue-all", hear, **{"Last-Event-ID": str(last)}
    )
    changes = [part for part in told if "change" in part]
    assert [part.partition("\n")[0] for part in changes] == [
        f"id: {last + 1}",
        f"id: {last + 2}",
    ]


@pytest.mark.parametrize("number", ["0", "123456789", "²", "nonsense", "-1"])
def test_it_asks_a_page_with_a_forgotten_number_to_fetch_everything(
    cast: Cast, number: str
) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> list[str]:
        return await events(parts, until="resync")

    told = listen(cast.ana.user, f"queue-all&after={number}", hear)
    assert told[-1] == "event: resync\ndata: {}\n\n"


def test_it_is_not_there_for_who_may_listen_to_nothing(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    async def work(user: User | None) -> int:
        client = AsyncClient()
        if user:
            await client.aforce_login(user, backend="answerable.accounts.backend.People")
        answer = await client.get(f"/live/?topics=ticket-{ticket.pk},queue-all,request-²,")
        return answer.status_code

    assert run(work(None)) == 404
    assert run(work(let_in(cast.dana, at=at))) == 404


def test_it_ends_when_the_listener_signs_out(cast: Cast) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> list[str]:
        await client.alogout()
        return await events(parts, until="never")

    assert listen(cast.ana.user, "queue-all", hear)[-1] == "end"


def test_it_ends_when_the_right_to_listen_ends(cast: Cast) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> list[str]:
        await User.objects.filter(pk=cast.ana.user_id).aupdate(is_active=False)
        return await events(parts, until="never")

    assert listen(cast.ana.user, "queue-all", hear)[-1] == "end"


@pytest.mark.django_db(transaction=True)
def test_it_ends_quietly_when_the_database_is_gone(at: datetime) -> None:
    async def hear(parts: Parts, client: AsyncClient) -> list[str]:
        await anext(parts)
        await sync_to_async(lose_the_database)()
        return await events(parts, until="never")

    assert listen(Cast(at).ana.user, "queue-all", hear)[-1] == "end"
    connection.close()


def lose_the_database() -> None:
    with pytest.raises(OperationalError), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(pg_backend_pid())")

"""One ear a process: it hands changes to the streams that listen, and outlives a restart."""

from __future__ import annotations

import asyncio

import pytest
from asgiref.sync import sync_to_async
from django.db import connection

from answerable.live.events import Changed, publish
from answerable.live.hub import FULL, RESYNC, Heard, Hub
from answerable.live.tests.wires import run

ONE, BOTH = frozenset({"ticket-1"}), frozenset({"ticket-1", "ticket-2"})


def drop_every_listener() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE datname = current_database() AND query = 'LISTEN answerable_live'"
        )


async def tell(*topics: str) -> None:
    await sync_to_async(publish)(*[Changed(topic) for topic in topics])


async def topics_of(queue: asyncio.Queue[Heard], *, until: str) -> list[str]:
    found: list[str] = []
    while not found or found[-1] != until:
        found.append((await queue.get())[1])
    return found


@pytest.mark.django_db(transaction=True)
def test_it_gives_each_stream_the_changes_of_its_topics() -> None:
    async def work() -> None:
        hub = Hub()
        async with hub.listening(ONE) as one, hub.listening(BOTH) as both:
            assert [await one.get(), await both.get()] == [RESYNC, RESYNC]
            await tell("ticket-2", "ticket-3", "ticket-1")
            assert await topics_of(one, until="ticket-1") == ["ticket-1"]
            assert await topics_of(both, until="ticket-1") == ["ticket-2", "ticket-1"]

    run(work())


@pytest.mark.django_db(transaction=True)
def test_it_says_that_changes_may_have_been_missed_when_the_database_dropped_it() -> None:
    async def work() -> None:
        hub = Hub()
        async with hub.listening(ONE) as queue:
            assert await queue.get() == RESYNC
            await sync_to_async(drop_every_listener)()
            assert await queue.get() == RESYNC
            await tell("ticket-1")
            assert await topics_of(queue, until="ticket-1") == ["ticket-1"]

    run(work())


def test_it_tells_a_stream_that_does_not_keep_up_to_fetch_everything() -> None:
    hub, queue = Hub(), asyncio.Queue[Heard](FULL)
    hub._open[queue] = ONE
    for number in range(FULL + 1):
        hub._tell((number, "ticket-1"))
    assert queue.get_nowait() == RESYNC
    assert queue.empty()


def test_it_forgets_a_stream_that_was_closed() -> None:
    async def work() -> int:
        hub = Hub()
        hub._task = asyncio.create_task(asyncio.sleep(60))  # No ear is needed.
        async with hub.listening(ONE):
            pass
        return len(hub._open)

    assert run(work()) == 0

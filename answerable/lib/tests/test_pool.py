"""Pools, with a real server that is restarted under them."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connections
from django.db.utils import ConnectionHandler
from pytest_django import DjangoDbBlocker

from answerable.lib import postgres
from answerable.lib.away import has_waited, is_away
from answerable.lib.database import database_from_url
from answerable.lib.engine.base import DatabaseWrapper
from answerable.lib.pool import WorkersPool
from answerable.tests.throwaway import FAST

# The pools are kept by this name; "default" is the other tests' own.
NAME = "restarted"
MOST = 8


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("pg")


@pytest.fixture
def server(folder: Path) -> Iterator[postgres.Server]:
    one = postgres.start(folder, settings=FAST)
    yield one
    postgres.start(folder, settings=FAST).stop()


@pytest.fixture
def database(
    server: postgres.Server,
    django_db_blocker: DjangoDbBlocker,
    monkeypatch: pytest.MonkeyPatch,
) -> Iterator[DatabaseWrapper]:
    """A connection of Django's to that server, with a pool of its own."""
    ours = database_from_url(server.url("postgres"), pool=MOST)
    whole = ConnectionHandler({"default": ours, NAME: ours}).databases[NAME]
    monkeypatch.setitem(connections.databases, NAME, whole)
    one = connections[NAME]
    assert isinstance(one, DatabaseWrapper)
    with django_db_blocker.unblock():
        yield one
        one.close()
        one.close_pool()
    del connections[NAME]


def fill(database: DatabaseWrapper) -> None:
    """Leave as many idle connections in the pool as it may have."""
    database.pool.open()
    wires = [database.pool.getconn() for _ in range(MOST)]
    for wire in wires:
        database.pool.putconn(wire)


def ask() -> object:
    """Ask one question as a page does, and give the connection back."""
    try:
        with connections[NAME].cursor() as cursor:
            cursor.execute("SELECT 7")
            return cursor.fetchone()[0]
    finally:
        connections[NAME].close()


def restart(server: postgres.Server, folder: Path) -> None:
    server.stop()
    postgres.start(folder, settings=FAST)


def test_it_serves_at_once_though_a_restart_left_every_connection_dead(
    database: DatabaseWrapper, server: postgres.Server, folder: Path
) -> None:
    fill(database)
    restart(server, folder)
    assert [ask() for _ in range(MOST)] == [7] * MOST


def test_it_keeps_a_connection_that_only_said_something(database: DatabaseWrapper) -> None:
    fill(database)
    wire = database.pool.getconn()
    wire.execute("LISTEN news")
    wire.execute("NOTIFY news")
    database.pool.putconn(wire)
    assert [ask() for _ in range(MOST)] == [7] * MOST
    assert database.pool.get_stats()["connections_num"] == MOST


def test_who_waits_is_served_when_the_server_is_back(
    database: DatabaseWrapper, server: postgres.Server, folder: Path
) -> None:
    fill(database)
    server.stop()
    answers: list[object] = []
    waiting = threading.Thread(target=lambda: answers.append(ask()))
    waiting.start()
    while not database.pool.get_stats().get("requests_waiting"):
        threading.Event().wait(0.01)
    postgres.start(folder, settings=FAST)
    waiting.join()
    assert answers == [7]


def test_who_waited_in_vain_is_told_so(
    database: DatabaseWrapper, server: postgres.Server
) -> None:
    database.pool.timeout = 0.2
    server.stop()
    with pytest.raises(OperationalError) as told:
        ask()
    assert is_away(told.value)
    assert has_waited(told.value)


def test_a_worker_goes_on_after_a_restart(server: postgres.Server, folder: Path) -> None:
    assert asyncio.run(_asked_around_a_restart(server, folder)) == [7] * 4


async def _asked_around_a_restart(server: postgres.Server, folder: Path) -> list[Any]:
    # Procrastinate asks for a check of its own, which takes a second for each dead connection.
    wanted = {"conninfo": server.url("postgres"), "check": WorkersPool.check_connection}
    async with WorkersPool(**wanted, open=False) as pool:
        wires = [await pool.getconn() for _ in range(4)]
        for wire in wires:
            await pool.putconn(wire)
        restart(server, folder)
        answers: list[Any] = []
        for _ in wires:
            async with pool.connection() as wire:
                row = await (await wire.execute("SELECT 7")).fetchone()
                answers += row or ()
    return answers

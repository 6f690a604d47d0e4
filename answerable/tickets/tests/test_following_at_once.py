"""Several write lines and several follow them, each on a connection of their own, and die."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from functools import partial

import psycopg
import pytest
from django.db import Error, connection

from answerable.cast import Cast
from answerable.lib.looping import Wire
from answerable.lib.wire import params
from answerable.tickets.actions.following import Follower, follow
from answerable.tickets.following import Line
from answerable.tickets.models import LogMark, Ticket
from answerable.tickets.tests.at_once import at_once
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.django_db(transaction=True)
WRITE = "INSERT INTO tickets_ticketevent (ticket_id, verb, at, data) VALUES (%s, %s, %s, '{}')"
MANY = 250
ROUNDS = 40


def taken(lines: Sequence[Line], _at: datetime) -> None:
    """Write down each line, as often as it is taken."""
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO lines_taken VALUES (%s)", [[line.number] for line in lines]
        )


FOLLOWER = Follower(name="a test", take=taken, at_once=3, hears=lambda: {"noted"}, span=50)


@pytest.fixture
def ticket(transactional_db: None, at: datetime) -> Ticket:
    return opened(Cast(at).dana, at)


@pytest.fixture
def wires(ticket: Ticket) -> Iterator[list[Wire]]:
    with connection.cursor() as cursor:
        cursor.execute("CREATE TABLE lines_taken (number bigint)")
    opened_wires = [psycopg.connect(**params()) for _wire in range(5)]
    yield opened_wires
    for wire in opened_wires:
        wire.close()
    connection.close()
    with connection.cursor() as cursor:
        cursor.execute("DROP TABLE lines_taken")


def rows(statement: str) -> list[int]:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return [number for (number,) in cursor.fetchall()]


def proven(at: datetime) -> None:
    """Follow to the end: each line was taken once, and nothing is waited for."""
    while follow(FOLLOWER, at=at):
        pass
    follow(FOLLOWER, at=at)
    there = rows("SELECT id FROM tickets_ticketevent WHERE verb = 'noted' ORDER BY id")
    assert there
    assert rows("SELECT number FROM lines_taken ORDER BY number") == there
    assert LogMark.objects.get(name="a test").gaps == []


def dying(lines: Sequence[Line], at: datetime) -> None:
    """Take lines, and be gone before that is committed, as after kill -9."""
    taken(lines, at)
    with psycopg.connect(**params()) as other:
        pid = connection.connection.info.backend_pid
        other.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])


def dies(_wire: Wire, _ticket: int, at: datetime) -> None:
    with suppress(Error):
        follow(replace(FOLLOWER, take=dying), at=at)
    connection.close()


def says(wire: Wire, ticket: int, at: datetime) -> None:
    wire.execute(WRITE, [ticket, "noted", at])


STEPS: Mapping[Callable[[Wire, int, datetime], object], int] = {
    says: 9,
    lambda wire, ticket, at: wire.execute(WRITE, [ticket, "tagged", at]): 3,
    lambda wire, _ticket, _at: wire.commit(): 5,
    lambda wire, _ticket, _at: wire.rollback(): 2,
    lambda _wire, _ticket, at: follow(FOLLOWER, at=at): 6,
    dies: 1,
}


def test_each_line_is_taken_once_in_whatever_order_it_is_committed(
    wires: list[Wire], ticket: Ticket, at: datetime
) -> None:
    chance = random.Random(7)
    for step in chance.choices([*STEPS], [*STEPS.values()], k=MANY):
        step(chance.choice(wires), ticket.pk, at)
    for wire in wires:
        wire.commit()
    proven(at)


def writes(wire: Wire, ticket: int, at: datetime) -> None:
    chance = random.Random(wire.info.backend_pid)  # No secret.
    for _round in range(ROUNDS):
        for _line in range(chance.randint(1, 4)):
            wire.execute(WRITE, [ticket, "noted", at])
        if chance.random() < 0.2:
            wire.rollback()
        wire.commit()


def follows(at: datetime) -> None:
    for _round in range(ROUNDS):
        follow(FOLLOWER, at=at)


def test_several_followers_take_each_line_once_while_several_write(
    wires: list[Wire], ticket: Ticket, at: datetime
) -> None:
    follow(FOLLOWER, at=at)
    writers = [partial(writes, wire, ticket.pk, at) for wire in wires[:3]]
    results = at_once([*writers, *[partial(follows, at)] * 3])
    assert results == [None] * 6
    proven(at)

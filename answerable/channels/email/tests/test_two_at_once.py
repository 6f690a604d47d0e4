"""Two agents answer one ticket in the same moment: the customer gets one mail (check D-14)."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from threading import Barrier

import pytest
from django.db import connection

from answerable.accounts.models import Agent
from answerable.channels.email.models import OutgoingMail
from answerable.tests.kept_cast import cast_at
from answerable.tickets.actions import Answer, NewerMessages, send
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import opened

RUNS = 200
MINUTE = timedelta(minutes=1)


@contextmanager
def two_threads() -> Iterator[ThreadPoolExecutor]:
    """Two threads, each with a connection of its own."""
    both = Barrier(2)

    def close() -> None:
        both.wait(timeout=30)
        connection.close()

    with ThreadPoolExecutor(2) as pool:
        yield pool
        for closing in [pool.submit(close) for _ in range(2)]:
            closing.result()


@pytest.mark.django_db(transaction=True)
def test_d_14_of_two_sends_at_once_one_is_delivered_and_one_is_asked(at: datetime) -> None:
    cast = cast_at(at)
    ticket = opened(cast.dana, at)
    ready = Barrier(2)

    def sent(
        ticket: Ticket, agent: Agent, seen: int, when: datetime
    ) -> Message | NewerMessages:
        ready.wait(timeout=30)
        try:
            return send(ticket, Answer(agent, f"By {agent.name}.", seen), at=when)
        except NewerMessages as newer:
            return newer

    with two_threads() as pool:
        for run in range(RUNS):
            seen = ticket.events.order_by("-pk").values_list("pk", flat=True)[0]
            when = at + run * MINUTE
            pressed = [
                pool.submit(sent, ticket, agent, seen, when) for agent in (cast.ana, cast.ben)
            ]
            results = [one.result() for one in pressed]
            (message,) = [one for one in results if isinstance(one, Message)]
            (asked,) = [one for one in results if isinstance(one, NewerMessages)]
            assert asked.messages == [message]
            assert OutgoingMail.objects.filter(message=message).count() == 1
    assert Message.objects.filter(kind=Message.Kind.REPLY).count() == RUNS
    assert OutgoingMail.objects.filter(message__kind=Message.Kind.REPLY).count() == RUNS

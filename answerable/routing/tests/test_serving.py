"""The next ticket is served to exactly one agent."""

from __future__ import annotations

from collections.abc import Collection
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from pytest_django import Settings

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.routing.actions import pass_over, release, serve_next
from answerable.routing.models import Served
from answerable.tests.kept_cast import cast_at
from answerable.tickets import actions
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened

MINUTE = timedelta(minutes=1)
RUNS = 100


def test_what_one_was_served_another_is_not(cast: Cast, at: datetime) -> None:
    first, second = opened(cast.dana, at), opened(cast.dana, at + MINUTE)
    assert serve_next(cast.ana, at=at) == first.pk
    assert serve_next(cast.ben, at=at) == second.pk
    assert serve_next(cast.chidi, at=at) is None
    assert serve_next(cast.ana, at=at) == first.pk  # It is theirs until they go on.
    assert serve_next(cast.chidi, at=at + 3 * MINUTE) == first.pk


def test_going_on_leaves_the_one_before_to_others(cast: Cast, at: datetime) -> None:
    first, second = opened(cast.dana, at), opened(cast.dana, at + MINUTE)
    assert serve_next(cast.ana, at=at) == first.pk
    assert serve_next(cast.ana, at=at, after=first.pk) == second.pk
    assert serve_next(cast.ben, at=at) == first.pk
    release(cast.ana)
    assert serve_next(cast.ben, at=at, after=first.pk) == second.pk


def test_what_was_passed_over_comes_back_when_its_customer_writes(
    cast: Cast, at: datetime
) -> None:
    ticket = opened(cast.dana, at)
    pass_over(ticket, agent=cast.ana, reason="waits", note="", at=at)
    assert serve_next(cast.ana, at=at) is None
    assert serve_next(cast.ben, at=at) == ticket.pk
    release(cast.ben)
    dana = actions.Sender(contact=cast.dana)
    actions.add_message(ticket, sender=dana, body="Any news?", at=at + MINUTE)
    assert serve_next(cast.ana, at=at + MINUTE) == ticket.pk


def on_everything(numbers: Collection[int], agent: Agent, *, at: datetime) -> set[int]:
    """Somebody else is on all of them."""
    return set(numbers)


def test_what_somebody_is_on_is_skipped(cast: Cast, at: datetime, settings: Settings) -> None:
    opened(cast.dana, at)
    settings.QUEUE_BUSY = [f"{__name__}.on_everything"]
    assert serve_next(cast.ana, at=at) is None


@pytest.mark.django_db(transaction=True)
def test_d_03_two_who_press_at_once_get_different_tickets(at: datetime) -> None:
    cast = cast_at(at)
    tickets = [opened(cast.dana, at + number * MINUTE) for number in range(4)]

    def pressed(agent: Agent) -> int | None:
        try:
            return serve_next(agent, at=at + 10 * MINUTE)
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as both:
        for _ in range(RUNS):
            got = list(both.map(pressed, [cast.ana, cast.ben]))
            assert sorted(number or 0 for number in got) == [tickets[0].pk, tickets[1].pk]
            Served.objects.all().delete()
    assert Ticket.objects.filter(assignee=None).count() == len(tickets)

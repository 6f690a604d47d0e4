"""Watches, agents and the mail at the same time, on the same clocks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import transaction

from answerable.cast import Cast
from answerable.routing.models import Notice
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock, ClockEntry
from answerable.sla.tests.clocks import LATEST, folded, replied, stored
from answerable.tickets.actions import (
    add_note,
    answer,
    assign,
    confirm_claim,
    mark_delivered,
    take,
)
from answerable.tickets.models import TicketEvent
from answerable.tickets.tests.at_once import at_once
from answerable.tickets.tests.openings import opened, opened_critical

pytestmark = pytest.mark.django_db(transaction=True)
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(transactional_db: None, at: datetime) -> Cast:
    return Cast(at)


def test_it_lets_one_of_two_watches_have_a_clock(people: Cast, at: datetime) -> None:
    ticket = opened(people.dana, at)
    with transaction.atomic():
        assert wake_due(at=at + HOUR) == 1
        assert at_once([partial(wake_due, at=at + HOUR)]) == [0]
    assert at_once([partial(wake_due, at=at + HOUR)]) == [0]
    assert ticket.events.filter(verb="clock_missed").count() == 1


def test_it_misses_each_clock_once_among_many_watches(people: Cast, at: datetime) -> None:
    for number in range(12):
        opened(people.dana, at + number * timedelta(seconds=1))
    looks = at_once([partial(wake_due, at=at + 2 * HOUR)] * 4)
    assert sum(look for look in looks if isinstance(look, int)) == 12
    assert ClockEntry.objects.filter(verb="miss").count() == 12
    assert TicketEvent.objects.filter(verb="clock_missed").count() == 12
    assert Notice.objects.count() == 12  # Lena is told of each.


def test_it_goes_on_whoever_comes_first_when_all_come_at_the_due_time(
    people: Cast, at: datetime
) -> None:
    """Rows are held in one order, the ticket before its clocks: nobody waits in a ring."""
    tickets = [opened_critical(people.dana, at) for _ in range(6)]
    messages = [
        answer(ticket, agent=people.ana, body="Use it.", seen=LATEST, at=at)
        for ticket in tickets
    ]
    due = at + 30 * MINUTE

    def mail() -> None:
        for message in messages:
            mark_delivered(message, at=due)

    def watch() -> None:
        for minute in range(6):
            wake_due(at=at + minute * 6 * MINUTE)

    def desk() -> None:
        for ticket in tickets:
            confirm_claim(ticket, agent=people.ben, at=at + 20 * MINUTE)
            take(ticket, agent=people.ben, at=due)
            add_note(ticket, agent=people.ben, body="Known.", at=due)
            assign(ticket, to=None, agent=people.lena, at=due)

    works: list[Callable[[], None]] = [mail, watch, desk, watch]
    assert at_once(works) == [None] * 4
    clocks = Clock.objects.all()
    assert [stored(clock) for clock in clocks] == [folded(clock) for clock in clocks]
    assert {clock.outcome for clock in clocks.filter(metric="first_response")} == {"met"}


def test_it_counts_a_reply_that_arrives_while_the_miss_is_being_stamped(
    people: Cast, at: datetime
) -> None:
    ticket = opened(people.dana, at)
    works: list[Callable[[], object]] = [
        partial(wake_due, at=at + HOUR),
        partial(replied, ticket, people.ana, at=at + HOUR),
    ]
    assert not [result for result in at_once(works) if isinstance(result, Exception)]
    clock = Clock.objects.get(ticket=ticket)
    assert (clock.outcome, clock.met_at, stored(clock)) == ("met", at + HOUR, folded(clock))

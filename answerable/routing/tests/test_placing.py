"""Where a ticket stands as things happen to it, and what its notices say."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.routing.actions import mark_seen
from answerable.routing.models import Notice, QueueEntry
from answerable.sla.actions import wake_due
from answerable.sla.tests.clocks import changed, replied
from answerable.tickets.actions import (
    Sender,
    add_message,
    admit,
    assign,
    mark_delivered,
    mark_undelivered,
    reopen,
    resolve,
)
from answerable.tickets.models import Ticket
from answerable.tickets.tests.openings import opened, opened_critical

Band = QueueEntry.Band
HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def entry(ticket: Ticket) -> QueueEntry:
    return QueueEntry.objects.get(ticket=ticket)


def test_it_stands_by_when_work_must_begin(cast: Cast, ticket: Ticket, at: datetime) -> None:
    place = entry(ticket)
    assert (place.band, place.due_at) == (Band.PROMISE, at + HOUR)
    assert place.act_by == at + HOUR - 9 * MINUTE
    aim = entry(opened(cast.sam, at))
    assert (aim.band, aim.kind) == (Band.AIM, "aim")


def test_it_stands_among_the_urgent_while_it_is_critical(cast: Cast, at: datetime) -> None:
    claimed = opened_critical(cast.dana, at)
    assert entry(claimed).band == Band.NOW
    mark_delivered(changed(claimed, cast.ana, at=at), at=at + MINUTE)
    assert (entry(claimed).band, entry(claimed).due_at) == (Band.PROMISE, at + HOUR)


def test_it_follows_the_conversation(cast: Cast, ticket: Ticket, at: datetime) -> None:
    message = replied(ticket, cast.ana, at=at)
    assert (entry(ticket).band, entry(ticket).due_at) == (Band.WAITING, None)
    mark_undelivered(message, why="mailbox full", at=at + MINUTE)
    assert (entry(ticket).band, entry(ticket).due_at) == (Band.PROMISE, at + HOUR)
    replied(ticket, cast.ana, at=at + MINUTE)
    add_message(ticket, sender=Sender(contact=cast.dana), body="Still.", at=at + HOUR)
    place = entry(ticket)
    assert (place.band, place.act_by) == (Band.OPEN, at + HOUR)


def test_it_leaves_the_queue_when_it_is_resolved(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    resolve(ticket, agent=None, contact=cast.dana, reason="", at=at)
    assert not QueueEntry.objects.exists()
    reopen(ticket, agent=None, contact=cast.dana, at=at)
    assert entry(ticket).band == Band.PROMISE


def test_it_keeps_its_place_when_it_is_missed(ticket: Ticket, at: datetime) -> None:
    before = entry(ticket)
    wake_due(at=at + HOUR)
    after = entry(ticket)
    assert (after.band, after.act_by, after.due_at) == (before.band, before.act_by, at + HOUR)


def test_it_knows_who_has_it(cast: Cast, ticket: Ticket, at: datetime) -> None:
    assign(ticket, to=cast.ben, agent=cast.lena, at=at)
    assert entry(ticket).assignee == cast.ben


def test_it_stands_apart_until_a_stranger_is_admitted(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at)
    assert entry(ticket).band == Band.REVIEW
    admit(ticket, contact=cast.sam, agent=cast.ana, at=at)
    assert (entry(ticket).band, entry(ticket).customer) == (Band.AIM, cast.nordwind)
    nobodys = opened(None, at)
    admit(nobodys, contact=None, agent=cast.ana, at=at)
    assert entry(nobodys).band == Band.OPEN


def test_it_stands_in_the_open_where_nothing_is_promised(cast: Cast, at: datetime) -> None:
    entitlements.suspend(cast.contract)
    assert entry(opened(cast.dana, at)).band == Band.OPEN


def test_notices_are_seen_by_ticket_or_all(cast: Cast, ticket: Ticket, at: datetime) -> None:
    opened(cast.dana, at)
    wake_due(at=at + HOUR)
    unseen = Notice.objects.filter(agent=cast.lena, seen_at=None)
    assert unseen.count() == 2
    mark_seen(cast.ana, ticket=None, at=at + HOUR)
    mark_seen(cast.lena, ticket=ticket, at=at + HOUR)
    assert unseen.count() == 1
    mark_seen(cast.lena, ticket=None, at=at + HOUR)
    assert unseen.count() == 0

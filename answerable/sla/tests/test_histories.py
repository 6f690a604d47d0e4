"""Whatever happens to a ticket in whatever order, a clock is what its ledger adds up to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.cast import Cast
from answerable.sla.actions import wake_due
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import LATEST, changed, folded, stored
from answerable.tickets.actions import (
    AlreadyDecided,
    Sender,
    TakenByOther,
    add_message,
    add_note,
    answer,
    assign,
    confirm_claim,
    mark_delivered,
    mark_undelivered,
    reopen,
    resolve,
    take,
)
from answerable.tickets.models import Message, Ticket
from answerable.tickets.tests.openings import NOBODY_CAN_SIGN_IN, opened

Happening = Callable[[Cast, Ticket, datetime], object]


def arrives(cast: Cast, ticket: Ticket, at: datetime, *, late: int = 0) -> None:
    """Let the oldest message that is on its way arrive, or the news of it come late."""
    message = on_its_way(ticket)
    if message:
        mark_delivered(message, at=max(at - timedelta(minutes=late), message.written_at))


def bounces(cast: Cast, ticket: Ticket, at: datetime) -> None:
    message = on_its_way(ticket)
    if message:
        mark_undelivered(message, why="mailbox full", at=at)


def comes_back(cast: Cast, ticket: Ticket, at: datetime) -> None:
    arrived = ticket.messages.filter(kind="reply", delivered_at__isnull=False)
    message = arrived.order_by("pk").last()
    if message:
        mark_undelivered(message, why="mailbox full", at=at)


def on_its_way(ticket: Ticket) -> Message | None:
    sent = ticket.messages.filter(kind__in=["reply", "notice"], delivered_at=None)
    return sent.order_by("pk").first()


HAPPENINGS: dict[str, Happening] = {
    "an agent replies": lambda cast, ticket, at: answer(
        ticket, agent=cast.ana, body="Use it.", seen=LATEST, at=at
    ),
    "a message arrives": arrives,
    "news of a message comes late": lambda c, t, at: arrives(c, t, at, late=20),
    "a message bounces": bounces,
    "the last reply comes back": comes_back,
    "the claim is confirmed": lambda c, t, at: confirm_claim(t, agent=c.ben, at=at),
    "the claim is changed": lambda c, t, at: changed(t, c.ben, at=at),
    "somebody takes it": lambda c, t, at: take(t, agent=c.ben, at=at),
    "it is put back": lambda c, t, at: assign(t, to=None, agent=c.ben, at=at),
    "a note is added": lambda c, t, at: add_note(t, agent=c.ben, body="Known.", at=at),
    "the customer writes": lambda c, t, at: add_message(
        t, sender=Sender(contact=c.dana), body="Still.", at=at
    ),
    "it is resolved": lambda c, t, at: resolve(t, agent=None, contact=c.dana, reason="", at=at),
    "it is opened again": lambda c, t, at: reopen(t, agent=None, contact=c.dana, at=at),
    "the watch looks": lambda cast, ticket, at: wake_due(at=at),
}

steps = st.tuples(st.sampled_from(sorted(HAPPENINGS)), st.sampled_from([0, 1, 7.5, 15, 30]))


@settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.booleans(), st.lists(steps, max_size=8))
def test_it_stores_what_the_ledger_adds_up_to(
    cast: Cast, at: datetime, claimed: bool, history: list[tuple[str, float]]
) -> None:
    with transaction.atomic():
        ticket = opened(cast.dana, at, impact=NOBODY_CAN_SIGN_IN if claimed else None)
        when = at
        for happening, minutes in history:
            when += timedelta(minutes=minutes)
            with suppress(AlreadyDecided, TakenByOther):
                HAPPENINGS[happening](cast, ticket, when)
        wake_due(at=when)
        for clock in Clock.objects.all():
            check(clock, when)
        transaction.set_rollback(True)


def check(clock: Clock, at: datetime) -> None:
    assert stored(clock) == folded(clock)
    assert clock.missed_at in {None, clock.due_at}
    assert clock.met_at is None or clock.met_at <= clock.due_at
    assert clock.outcome != "running" or clock.due_at > at
    assert clock.wake_at is None or clock.wake_at > at
    missed = clock.ticket.events.filter(verb="clock_missed", data__clock=clock.pk).count()
    assert missed == clock.entries.filter(verb="miss").count()

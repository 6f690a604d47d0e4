"""Whatever happens to a ticket in whatever order, a clock is what its ledger adds up to."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from answerable.cast import Cast
from answerable.entitlements.core.clauses import PauseRule
from answerable.sla.actions import (
    CannotPromise,
    call_off_update,
    move_open_tickets,
    promise_update,
    wake_due,
)
from answerable.sla.audit import audit
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import LATEST, changed, folded, replied, stored
from answerable.sla.tests.plans import HOLDS, published, row, sold
from answerable.tickets.actions import (
    AlreadyDecided,
    Attempt,
    CannotHold,
    CannotMerge,
    CannotSplit,
    NothingToAnswer,
    Result,
    Sender,
    TakenByOther,
    add_message,
    add_note,
    answer,
    ask_for_another_look,
    ask_for_call,
    assign,
    confirm_claim,
    dismiss,
    end_hold,
    end_holds,
    mark_delivered,
    mark_undelivered,
    merge,
    put_on_hold,
    record_call_attempt,
    reopen,
    resolve,
    set_severity,
    split,
    take,
    unmerge,
)
from answerable.tickets.models import CRITICAL, STANDARD, Message, Ticket
from answerable.tickets.tests.openings import NOBODY_CAN_SIGN_IN, opened

HALF = timedelta(minutes=30)

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


def undo(cast: Cast, ticket: Ticket, at: datetime) -> None:
    done = ticket.merges.filter(undone_at=None).last()
    if done:
        unmerge(done, agent=cast.ben, at=at)


def split_last(cast: Cast, ticket: Ticket, at: datetime) -> None:
    message = ticket.messages.filter(kind="message").order_by("pk").last()
    if message:
        split(message, agent=cast.ben, subject="Another", at=at)


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
    "it is put on hold": lambda c, t, at: put_on_hold(
        t, kind="vendor", reason="Engineering", until=None, agent=c.ana, at=at
    ),
    "the customer asks us to wait": lambda c, t, at: put_on_hold(
        t, kind="scheduled", reason="Holidays", until=at + HALF, agent=c.ana, at=at
    ),
    "the hold ends": lambda c, t, at: end_hold(t, agent=c.ana, at=at),
    "holds end by themselves": lambda c, t, at: end_holds(at=at),
    "it is urgent": lambda c, t, at: set_severity(t, CRITICAL, by=c.ana, reason="", at=at),
    "it is standard": lambda c, t, at: set_severity(t, STANDARD, by=c.ana, reason="", at=at),
    "a mail is read late": lambda c, t, at: add_message(
        t, sender=Sender(contact=c.dana), body="Earlier.", at=max(at - HALF / 2, t.created_at)
    ),
    "the last words need no answer": lambda c, t, at: dismiss(
        t, agent=c.ana, reason="Thanks", at=at
    ),
    "somebody calls": lambda c, t, at: record_call_attempt(
        t,
        Attempt(
            result=Result.CONNECTED, dialed_at=at, connected_at=at, seconds=60, summary="Told."
        ),
        agent=c.ben,
        at=at,
    ),
    "a call is asked for": lambda c, t, at: ask_for_call(t, contact=c.dana, at=at),
    "a lead is asked for": lambda c, t, at: ask_for_another_look(
        t, contact=c.dana, reason="Slow", at=at
    ),
    "a lead replies": lambda c, t, at: replied(t, c.lena, at=at),
    "another is merged into it": lambda c, t, at: merge(
        t, opened(c.dana, at), agent=c.ben, at=at
    ),
    "the merge is undone": undo,
    "the last words are split off": split_last,
    "an update is promised": lambda c, t, at: promise_update(t, at + HALF, agent=c.ana, at=at),
    "no update is promised": lambda c, t, at: call_off_update(t, agent=c.ana, at=at),
    "the plan changes": lambda c, t, at: move_open_tickets(
        published(Clock.objects.filter(ticket=t)[0].plan_version.terms, at=at),
        agent=None,
        at=at,
    ),
}
EXPECTED = (
    AlreadyDecided,
    CannotHold,
    CannotMerge,
    CannotPromise,
    CannotSplit,
    NothingToAnswer,
    TakenByOther,
)
ROWS = (
    row("next_response", timedelta(minutes=20)),
    row("status_update", timedelta(minutes=25), every=True),
    row("resolution", timedelta(hours=2)),
    row("callback_start", timedelta(minutes=5)),
    row("escalation_response", timedelta(hours=1)),
)


steps = st.tuples(st.sampled_from(sorted(HAPPENINGS)), st.sampled_from([0, 1, 7.5, 15, 30]))


@settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.booleans(), st.booleans(), st.lists(steps, max_size=10))
def test_it_stores_what_the_ledger_adds_up_to(
    cast: Cast, at: datetime, claimed: bool, rich: bool, history: list[tuple[str, float]]
) -> None:
    with transaction.atomic():
        if rich:
            longest = PauseRule("vendor", (), at_most=timedelta(minutes=20))
            sold(cast, at, *ROWS, pauses=(PauseRule("waiting", ()), longest, HOLDS[2]))
        ticket = opened(cast.dana, at, impact=NOBODY_CAN_SIGN_IN if claimed else None)
        when = at
        for happening, minutes in history:
            when += timedelta(minutes=minutes)
            with suppress(*EXPECTED), transaction.atomic():
                HAPPENINGS[happening](cast, ticket, when)
        end_holds(at=when)
        while wake_due(at=when):
            pass
        for clock in Clock.objects.all():
            check(clock, when)
        assert [words for audited in audit() for words in audited.says] == []
        transaction.set_rollback(True)


def check(clock: Clock, at: datetime) -> None:
    assert stored(clock) == folded(clock)
    assert clock.missed_at in {None, clock.due_at}
    assert clock.met_at is None or clock.met_at <= clock.due_at
    assert clock.outcome != "running" or clock.due_at > at
    assert (clock.outcome == "paused") == (clock.paused_at is not None)
    assert clock.wake_at is None or clock.wake_at > at
    missed = clock.ticket.events.filter(verb="clock_missed", data__clock=clock.pk).count()
    assert missed == clock.entries.filter(verb="miss").count()

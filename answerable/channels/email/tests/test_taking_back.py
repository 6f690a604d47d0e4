"""A reply is taken back or sent, never both and never neither, whoever is first or dies."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.email.actions import (
    SEND,
    Holder,
    free,
    hold_next,
    send_now,
    send_waiting,
    take_back,
)
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.presence import Presence
from answerable.channels.email.tests.post import queued
from answerable.channels.email.transport import open_way
from answerable.sla.grace import grace_of
from answerable.sla.models import Clock
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Answer, HasLeft
from answerable.tickets.models import CRITICAL, Message, Ticket
from answerable.tickets.tests.openings import opened

TEN = timedelta(seconds=10)
LATEST = 2**62


@pytest.fixture
def at() -> datetime:
    """The cast meets now."""
    return now()


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    return opened(cast.dana, at)


def reply(ticket: Ticket, cast: Cast, body: str = "Fixed.", *, at: datetime) -> Message:
    return tickets.send(ticket, Answer(cast.ana, body, LATEST, grace=grace_of(cast.ana)), at=at)


def send(at: datetime) -> list[str]:
    """Send all that is due at an instant; return which replies have been accepted so far."""
    send_waiting(open_way("outbox:"), holder=Holder(1), clock=lambda: at)
    return [mail.text.split("\n")[0] for mail in queued("reply") if mail.state == "accepted"]


def test_d_11_it_is_sent_when_its_time_is_over_whoever_has_gone_home(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    message = reply(ticket, cast, at=at)
    assert send(at + TEN - timedelta(milliseconds=1)) == []
    assert send(at + TEN) == ["Fixed."]
    message.refresh_from_db()
    assert message.leaves_at is None
    assert message.delivered_at == at + TEN
    assert Clock.objects.get(ticket=ticket).met_at == at + TEN


def test_what_was_taken_back_is_never_sent(ticket: Ticket, cast: Cast, at: datetime) -> None:
    message = reply(ticket, cast, at=at)
    take_back(message, agent=cast.ana, at=at)
    assert send(at + timedelta(days=1)) == []
    assert queued("reply")[0].state == "taken_back"
    assert Clock.objects.get(ticket=ticket).outcome == "running"


def test_it_cannot_be_taken_back_from_whoever_sends_it(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    message = reply(ticket, cast, at=at)
    hold_next(Holder(7), at=at + TEN)
    with pytest.raises(HasLeft):
        take_back(message, agent=cast.ana, at=at + TEN)
    free(7)
    with pytest.raises(HasLeft):  # The server may have it: its sender died.
        take_back(message, agent=cast.ana, at=at + TEN)
    assert send(at + TEN) == ["Fixed."]


def undone(message: Message, agent: Agent, together: threading.Barrier) -> bool:
    together.wait(timeout=10)
    try:
        take_back(message, agent=agent, at=now())
    except HasLeft:
        return False
    finally:
        connection.close()
    return True


@pytest.mark.django_db(transaction=True)
def test_of_a_sender_and_a_writer_one_is_first(cast: Cast, at: datetime) -> None:
    with ThreadPoolExecutor(1) as writer:
        for number in range(1, 7):
            ticket = opened(cast.dana, at)
            OutgoingMail.objects.exclude(kind="reply").delete()
            message = reply(ticket, cast, f"{number}", at=at)
            together = threading.Barrier(2)
            taken_back = writer.submit(undone, message, cast.ana, together)
            together.wait(timeout=10)
            held = hold_next(Holder(number), at=at + TEN)
            assert taken_back.result(timeout=20) is (held is None)
            assert ticket.drafts.exists() is (held is None)


def test_it_can_leave_at_once(ticket: Ticket, cast: Cast, at: datetime) -> None:
    first = reply(ticket, cast, "One", at=at)
    second = reply(ticket, cast, "Two", at=at)
    send_now(second, agent=cast.ana, at=at)
    assert send(at) == ["One", "Two"]
    with pytest.raises(HasLeft):
        take_back(first, agent=cast.ana, at=at)


def test_nobody_sends_it_for_another(ticket: Ticket, cast: Cast, at: datetime) -> None:
    message = reply(ticket, cast, at=at)
    send_now(message, agent=cast.ben, at=at)
    assert send(at) == []


def test_what_leaves_at_once_overtakes_nothing(
    ticket: Ticket, cast: Cast, at: datetime
) -> None:
    reply(ticket, cast, "One", at=at)
    tickets.answer(ticket, agent=cast.ana, body="Two", seen=LATEST, at=at)
    assert send(now()) == ["One", "Two"]


def test_d_11_with_little_left_on_the_promise_it_is_sent_at_once(
    ticket: Ticket, cast: Cast
) -> None:
    due_at = Clock.objects.get(ticket=ticket).due_at
    message = reply(ticket, cast, at=due_at - timedelta(seconds=14))
    assert message.leaves_at is None
    assert send(due_at - timedelta(seconds=14)) == ["Fixed."]


def test_d_12_a_promise_that_moves_nearer_sends_what_waits(cast: Cast) -> None:
    ticket = opened(cast.dana, now() - timedelta(minutes=29, seconds=48))
    message = reply(ticket, cast, at=now())
    assert message.leaves_at
    assert send(now()) == []
    tickets.set_severity(ticket, CRITICAL, by=cast.dana, reason="All of us", at=now())
    assert send(now()) == ["Fixed."]


def test_who_has_no_address_takes_nothing_back(cast: Cast, at: datetime) -> None:
    ticket = opened(None, at, sender=tickets.Sender(name="Nobody"))
    message = reply(ticket, cast, at=at)
    message.refresh_from_db()
    assert message.leaves_at is None
    assert ticket.events.filter(verb="undelivered").exists()


@pytest.mark.django_db(transaction=True)
def test_a_living_worker_comes_for_it_within_a_second(cast: Cast, at: datetime) -> None:
    worker = Presence()
    worker.look(0.0)
    ProcrastinateJob.objects.all().delete()
    reply(opened(cast.dana, at), cast, at=now())
    ProcrastinateJob.objects.all().delete()
    OutgoingMail.objects.exclude(kind="reply").delete()
    worker.look(1.0)
    assert not ProcrastinateJob.objects.filter(task_name=SEND).exists()
    OutgoingMail.objects.filter(kind="reply").update(next_try_at=now())
    worker.look(2.0)
    assert ProcrastinateJob.objects.filter(task_name=SEND, status="todo").exists()
    worker.close()

"""The database goes away while a server has a mail in hand: it gets it once nevertheless."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from datetime import datetime
from threading import Event

import psycopg
import pytest
from django.core.mail import EmailMessage
from django.db import OperationalError, connection
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.actions import Holder, send_waiting
from answerable.channels.email.models import OutboxMail, OutgoingMail
from answerable.channels.email.outbox import EmailBackend
from answerable.channels.email.presence import Presence
from answerable.channels.email.tests import outage
from answerable.channels.email.tests.post import queued
from answerable.channels.email.tests.server import Server
from answerable.channels.email.transport import open_way
from answerable.lib import insist
from answerable.sla.models import Clock
from answerable.tickets import actions as tickets
from answerable.tickets.models import Message
from answerable.tickets.tests.openings import opened

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def message() -> Message:
    """A reply of Ana to Dana."""
    cast = Cast(now())
    ticket = opened(cast.dana, now())
    return tickets.answer(ticket, agent=cast.ana, body="We look.", seen=2**62, at=now())


@pytest.fixture
def presence() -> Iterator[Presence]:
    """The worker that sends."""
    ours = Presence()
    yield ours
    ours.close()


@pytest.fixture(autouse=True)
def _patient() -> Iterator[None]:
    """Leave no pool to the next test that takes its time to look for the database again."""
    yield
    connection.close()
    connection.close_pool()  # type: ignore[attr-defined]


def send(presence: Presence, server: Server) -> int:
    with presence.holder() as holder:
        return send_waiting(open_way(server.url), holder=holder, clock=now)


def once(server: Server, happens: Callable[[], None]) -> None:
    """Have something happen when the server has the next mail, before it says so."""

    def happen() -> None:
        server.before_it_says = None
        happens()
        connection.close()

    server.before_it_says = happen


@contextmanager
def noticed_by(event: Event) -> Iterator[None]:
    """Set the event once a write has found the database away."""

    def note(record: logging.LogRecord) -> bool:
        event.set()
        return True

    insist.log.addFilter(note)
    yield
    insist.log.removeFilter(note)


def copies(server: Server, mail: OutgoingMail) -> int:
    return [sent["Message-ID"] for sent in server.received].count(mail.mail_id)


def test_it_records_that_the_server_accepted_once_the_database_is_back(
    message: Message, presence: Presence, server: Server
) -> None:
    tried, away = Event(), ExitStack()

    def come_back() -> datetime:
        tried.wait(timeout=30)
        at = now()
        away.close()
        return at

    once(server, lambda: away.enter_context(outage.shut()))
    with noticed_by(tried), ThreadPoolExecutor(1) as world:
        back_at, before = world.submit(come_back), now()
        assert send(presence, server) == 2
    sent = queued("reply")[0]
    assert (sent.state, copies(server, sent), sent.uncertain) == ("accepted", 1, 0)
    assert sent.accepted_at
    assert before < sent.accepted_at < back_at.result()
    message.refresh_from_db()
    assert message.delivered_at == sent.accepted_at
    assert Clock.objects.get(ticket=message.ticket).met_at == sent.accepted_at
    assert send(presence, server) == 0


def test_it_records_that_the_server_will_not_have_it(
    message: Message, presence: Presence, server: Server
) -> None:
    server.data = "554 5.7.1 Looks like spam"
    once(server, outage.restart)
    send(presence, server)
    assert queued("reply")[0].state == "failed"
    assert message.ticket.events.filter(verb="undelivered").count() == 1


def test_another_worker_leaves_it_alone_when_the_database_is_back(
    message: Message, presence: Presence, server: Server
) -> None:
    other = Presence()

    def restart() -> None:
        outage.restart()
        other.look(0.0)
        with pytest.raises(psycopg.OperationalError):
            presence.look(1.0)
        presence.look(1.5)
        for at in (2.0, 100.0):
            other.look(at)
        sent_by_other.append(send(Presence(), server))

    sent_by_other: list[int] = []
    once(server, restart)
    send(presence, server)
    other.close()
    assert sent_by_other == [1]  # the acknowledgement, which nobody held
    assert [copies(server, mail) for mail in OutgoingMail.objects.all()] == [1, 1]


class LosesTheDatabase(EmailBackend):
    """The local outbox, and the database goes away before its commit."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        kept = super().send_messages(email_messages)
        outage.end_all_sessions()
        return kept


def test_the_local_outbox_has_both_or_neither(message: Message) -> None:
    with pytest.raises(OperationalError):
        send_waiting(LosesTheDatabase(), holder=Holder(1), clock=now)
    connection.close()
    assert (queued("reply")[0].state, OutboxMail.objects.count()) == ("queued", 0)
    assert send_waiting(open_way("outbox:"), holder=Holder(1), clock=now) == 2
    assert OutboxMail.objects.filter(message_id=queued("reply")[0].mail_id).count() == 1

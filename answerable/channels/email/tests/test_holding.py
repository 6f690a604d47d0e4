"""A mail is handed over by one who lives: no other takes it, and the dead do not keep it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import UTC, datetime

import psycopg
import pytest
from django.utils.timezone import now
from procrastinate.contrib.django.models import ProcrastinateJob

from answerable.cast import Cast
from answerable.channels.email.actions import (
    SEND,
    Holder,
    hold_next,
    queue_sign_in_link,
    send_waiting,
)
from answerable.channels.email.actions.outcomes import accept
from answerable.channels.email.models import OutgoingMail
from answerable.channels.email.presence import Presence
from answerable.channels.email.tests import outage
from answerable.channels.email.tests.server import Server
from answerable.channels.email.transport import open_way

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def first() -> Iterator[Presence]:
    """A worker."""
    presence = Presence()
    yield presence
    presence.close()


@pytest.fixture
def second() -> Iterator[Presence]:
    """Another worker."""
    presence = Presence()
    yield presence
    presence.close()


@pytest.fixture
def mail() -> OutgoingMail:
    """A mail that waits."""
    queue_sign_in_link(Cast(AT).dana, "http://a.example/", at=now())
    return OutgoingMail.objects.get()


def send(server: Server) -> int:
    with Presence().holder() as holder:
        return send_waiting(open_way(server.url), holder=holder, clock=now)


def look_again(presence: Presence, at: float) -> None:
    """Look, and once more when the database was away."""
    with suppress(psycopg.OperationalError):
        presence.look(at)
    presence.look(at)


def test_nobody_else_takes_what_a_holder_has(
    mail: OutgoingMail, first: Presence, second: Presence, server: Server
) -> None:
    with first.holder() as living:
        hold_next(living, at=now())
        for at in (0.0, 1e6, 2e6):
            second.look(at)
            assert send(server) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.holder, server.received) == ("held", living.number, [])
    assert mail.held_at


def test_it_goes_on_a_few_seconds_after_its_holder_died(
    mail: OutgoingMail, first: Presence, second: Presence, server: Server
) -> None:
    with first.holder() as dying:
        hold_next(dying, at=now())
        first.close()
        second.look(100.0)
        second.look(104.9)
        assert send(server) == 0
        second.look(105.0)
        assert ProcrastinateJob.objects.filter(task_name=SEND, status="todo").exists()
        assert send(server) == 1
    assert [sent["Message-ID"] for sent in server.received] == [mail.mail_id]
    mail.refresh_from_db()
    assert (mail.state, mail.uncertain, mail.holder) == ("accepted", 1, None)


def test_it_goes_on_when_the_only_worker_is_started_again(
    mail: OutgoingMail, server: Server
) -> None:
    hold_next(Holder(7), at=now())
    started_again = Presence()
    for at in (0.0, 5.0):
        started_again.look(at)
    assert send(server) == 1
    started_again.close()


def test_a_living_holder_keeps_its_mail_when_the_database_is_restarted(
    mail: OutgoingMail, first: Presence, second: Presence, server: Server
) -> None:
    with first.holder() as living:
        hold_next(living, at=now())
        second.look(0.0)
        outage.restart()
        look_again(second, 10.0)
        look_again(first, 11.0)
        second.look(12.0)
        second.look(100.0)
        assert send(server) == 0
        assert living.is_ended()


def test_nobody_is_given_up_by_who_had_no_database_meanwhile(
    mail: OutgoingMail, second: Presence, server: Server
) -> None:
    hold_next(Holder(7), at=now())
    second.look(0.0)
    outage.restart()
    look_again(second, 10.0)
    assert send(server) == 0
    second.look(15.0)
    assert send(server) == 1


def test_it_frees_nothing_whose_holder_shows_itself_at_the_last_moment(
    mail: OutgoingMail, first: Presence, second: Presence, server: Server
) -> None:
    with first.holder() as living:
        hold_next(living, at=now())
        first.close()
        second.look(0.0)
        first.look(4.0)
        second.look(6.0)
        assert send(server) == 0


def test_what_was_accepted_stays_so_when_its_holder_was_thought_dead(
    mail: OutgoingMail, second: Presence, server: Server
) -> None:
    taken = hold_next(Holder(7), at=now())
    assert taken
    second.look(0.0)
    second.look(5.0)
    accept(taken.mail, AT)
    assert send(server) == 0
    mail.refresh_from_db()
    assert (mail.state, mail.accepted_at) == ("accepted", AT)

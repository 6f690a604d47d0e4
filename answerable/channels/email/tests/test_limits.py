"""A server gets no more than it takes, and one that is silent delays its own mails alone."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.utils.timezone import now
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from answerable.cast import Cast
from answerable.channels.email.actions import Holder, hold_next, send_letter, send_waiting
from answerable.channels.email.core.backoff import mail_wait, server_wait
from answerable.channels.email.jobs import send_mail
from answerable.channels.email.models import MailServer, OutgoingMail
from answerable.channels.email.send import Unreachable
from answerable.channels.email.tests.server import Server, free_port
from answerable.channels.email.transport import BadMailUrl, Way, ways
from answerable.lib.env import BadSetting, env_numbers

pytestmark = pytest.mark.django_db


def letters(count: int, to: str = "dana@nordwind.example") -> None:
    for number in range(count):
        send_letter(to=to, subject=f"{number}", body="x", at=now())


def send(way: Way, at: datetime, holder: int = 1) -> int:
    clock: Callable[[], datetime] = lambda: at  # noqa: E731
    return send_waiting(way, holder=Holder(holder), clock=clock)


def waiting() -> int:
    return OutgoingMail.objects.waiting().count()


@pytest.fixture
def way(server: Server) -> Way:
    return ways(server.url)[0]


@pytest.fixture
def down() -> str:
    """The address of a server that is not there."""
    return f"smtp://127.0.0.1:{free_port()}"


def test_no_more_than_so_many_a_minute_go_to_a_domain(way: Way, settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_PER_MINUTE = {"nordwind.example": 3}
    letters(5)
    letters(2, to="olive@tidewater.example")
    at = now()
    assert send(way, at) == 5
    assert waiting() == 2
    put_off = OutgoingMail.objects.waiting().first()
    assert put_off
    assert put_off.next_try_at == at + timedelta(minutes=1)
    assert put_off.last_error == "No more than 3 mails a minute go to nordwind.example."
    assert put_off.attempts == 0
    assert send(way, at + timedelta(seconds=59)) == 0
    assert send(way, at + timedelta(seconds=61)) == 2


def test_no_more_than_so_many_a_minute_go_to_a_server(way: Way, settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_PER_MINUTE = {"": 2}
    letters(1)
    letters(3, to="olive@tidewater.example")
    at = now()
    assert [send(way, at), send(way, at + timedelta(seconds=61))] == [2, 2]


def test_no_more_than_so_many_connections_are_used(way: Way, settings: Settings) -> None:
    settings.ANSWERABLE_MAIL_SERVER_CONNECTIONS = 2
    letters(4)
    assert hold_next(Holder(1), at=now(), way=way)
    assert hold_next(Holder(2), at=now(), way=way)
    assert hold_next(Holder(3), at=now(), way=way) is None
    assert hold_next(Holder(2), at=now(), way=way)
    settings.ANSWERABLE_MAIL_SERVER_CONNECTIONS = 0
    assert hold_next(Holder(3), at=now(), way=way)


def test_a_silent_server_is_left_alone_and_then_all_goes_at_once(
    down: str, server: Server
) -> None:
    letters(3)
    at = now()
    (way,) = ways(down)
    with pytest.raises(Unreachable):
        send(way, at)
    known = MailServer.objects.get(name=way.name)
    assert known.not_before
    assert (known.failures, known.since) == (1, at)
    assert send(way, at + timedelta(seconds=1)) == 0
    with pytest.raises(Unreachable):
        send(way, known.not_before)
    known.refresh_from_db()
    assert (known.failures, known.since) == (2, at)
    answering = Way(way.name, ways(server.url)[0].backend)
    assert send(answering, now() + timedelta(hours=1)) == 3
    again = MailServer.objects.get(name=way.name)
    assert (again.failures, again.since, again.not_before) == (0, None, None)


def test_a_mail_that_silences_a_server_lets_others_go_first(server: Server) -> None:
    letters(2)
    OutgoingMail.objects.filter(subject="0").update(attempts=8)
    server.hang_up = True
    at = now()
    with pytest.raises(Unreachable):
        send(ways(server.url)[0], at)
    assert send(ways(server.url)[0], at + timedelta(seconds=7)) == 1
    assert list(OutgoingMail.objects.waiting().values_list("subject", flat=True)) == ["0"]


def test_a_silent_server_delays_its_own_mails_alone(
    cast: Cast, down: str, server: Server, settings: Settings
) -> None:
    settings.ANSWERABLE_MAIL_URL = server.url
    settings.ANSWERABLE_MAIL_ROUTES = f"nordwind.example={down}"
    letters(2)
    letters(2, to="olive@tidewater.example")
    send_mail()
    assert len(server.received) == 2
    assert set(OutgoingMail.objects.waiting().values_list("domain", flat=True)) == {
        "nordwind.example"
    }


def test_it_knows_which_way_leads_where() -> None:
    routed, rest = ways(
        "smtp://a.example", "x.example=smtp://u:p@b.example:26 y.example=outbox:"
    )[::2]
    assert (routed.name, routed.domains) == ("b.example:26", ("x.example",))
    assert (rest.name, rest.others) == ("a.example:25", ("x.example", "y.example"))
    with pytest.raises(BadMailUrl, match="DOMAIN=URL"):
        ways("outbox:", "x.example")


@given(attempts=st.integers(0, 10_000), seed=st.text(max_size=9))
def test_it_waits_longer_each_time_up_to_a_limit(attempts: int, seed: str) -> None:
    for wait, longest in ((mail_wait, 4500), (server_wait, 375)):
        seconds = wait(attempts, seed).total_seconds()
        assert 5 <= seconds <= longest
        assert seconds <= wait(attempts + 2, seed).total_seconds() or seconds > longest / 2


def test_what_failed_together_does_not_come_back_together() -> None:
    assert len({mail_wait(9, f"<{number}@a>") for number in range(100)}) > 90


def test_limits_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LIMITS", "100, gmail.com=20")
    assert env_numbers("LIMITS") == {"": 100, "gmail.com": 20}
    monkeypatch.setenv("LIMITS", "gmail.com=many")
    with pytest.raises(BadSetting, match="many"):
        env_numbers("LIMITS")


def test_a_port_that_is_free_answers_nobody(down: str) -> None:
    with pytest.raises(OSError, match="refused"):
        socket.create_connection(("127.0.0.1", int(down.rpartition(":")[2])), timeout=1)

"""Mail goes out over real SMTP: once, and the ticket knows what became of it."""

from __future__ import annotations

import socket
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial

import pytest
from django.db import OperationalError
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.actions import (
    Holder,
    queue_sign_in_link,
    send_letter,
    send_waiting,
    sending,
    settle_untold,
)
from answerable.channels.email.models import OutboxMail, OutgoingMail
from answerable.channels.email.send import Unreachable
from answerable.channels.email.tests.post import queued, send_all
from answerable.channels.email.tests.server import Server
from answerable.channels.email.transport import open_way
from answerable.sla.models import Clock
from answerable.tickets import actions as tickets
from answerable.tickets.models import Message
from answerable.tickets.tests.openings import opened


@pytest.fixture
def at() -> datetime:
    """The cast meets now: a reply is delivered when the server takes it."""
    return now()


@pytest.fixture
def message(cast: Cast, at: datetime) -> Message:
    ticket = opened(cast.dana, at)
    return tickets.answer(ticket, agent=cast.ana, body="We look.", seen=2**62, at=now())


def send(server: Server, clock: Callable[[], datetime] = now) -> int:
    way = open_way(server.url)
    try:
        return send_waiting(way, holder=Holder(1), clock=clock)
    finally:
        way.close()


def reply() -> OutgoingMail:
    return queued("reply")[0]


def test_it_sends_a_reply_and_its_promise_is_kept(message: Message, server: Server) -> None:
    before = now()
    assert send(server) == 2
    message.refresh_from_db()
    sent = reply()
    assert (sent.state, sent.settled_at is None) == ("accepted", False)
    assert message.delivered_at == sent.accepted_at
    assert message.delivered_at
    assert before <= message.delivered_at <= now()
    clock = Clock.objects.get(ticket=message.ticket)
    assert (clock.outcome, clock.met_at) == ("met", sent.accepted_at)


def test_it_sends_the_reply_before_the_acknowledgement(
    message: Message, server: Server
) -> None:
    send(server)
    assert [mail["Auto-Submitted"] for mail in server.received] == [None, "auto-generated"]


def test_it_sends_nothing_twice(message: Message, server: Server) -> None:
    assert [send(server), send(server)] == [2, 0]
    assert len(server.received) == 2


def test_it_tries_again_what_the_server_does_not_take_now(
    message: Message, server: Server
) -> None:
    server.rcpt = "451 4.7.1 Greylisted"
    send(server)
    waiting = reply()
    assert (waiting.state, waiting.attempts) == ("queued", 1)
    assert waiting.last_error == "451 4.7.1 Greylisted"
    assert send(server) == 0
    server.rcpt = "250 OK"
    assert send(server, lambda: now() + timedelta(seconds=10)) == 2
    assert server.received[0]["Message-ID"] == waiting.mail_id
    assert reply().state == "accepted"


def test_it_keeps_the_words_of_a_server_that_mumbles(message: Message, server: Server) -> None:
    server.rcpt = "550 5.1.1 No\0body"
    send(server)
    assert message.ticket.events.get(verb="undelivered").data["why"] == "550 5.1.1 Nobody"


def test_it_begins_no_mail_once_its_holder_should_end(message: Message, server: Server) -> None:
    way = open_way(server.url)
    ending = Holder(1, is_ended=lambda: len(server.received) == 1)
    assert send_waiting(way, holder=ending, clock=now) == 1
    assert reply().state == "accepted"
    assert queued("acknowledgement")[0].state == "queued"


def test_it_waits_longer_after_each_try(message: Message, server: Server) -> None:
    server.rcpt = "451 4.7.1 Greylisted"
    instant, waits = now(), []
    for _ in range(4):
        send(server, partial(_same, instant))
        waits.append((reply().next_try_at - instant).total_seconds())
        instant = max(mail.next_try_at for mail in OutgoingMail.objects.all())
    for wait, least in zip(waits, (5, 10, 20, 40), strict=True):
        assert least <= wait <= least * 1.25


def test_it_gives_up_after_two_days(message: Message, server: Server) -> None:
    server.rcpt = "451 4.7.1 Greylisted"
    send(server, lambda: now() + timedelta(days=2, minutes=1))
    assert reply().state == "failed"
    assert message.ticket.events.filter(verb="undelivered").exists()


def test_it_says_on_the_ticket_what_the_server_refused(
    message: Message, server: Server
) -> None:
    server.rcpt = "550 5.1.1 No such user"
    send(server)
    assert (reply().state, reply().attempts) == ("failed", 1)
    event = message.ticket.events.get(verb="undelivered")
    assert (event.message, event.data["why"]) == (message, "550 5.1.1 No such user")
    message.ticket.refresh_from_db()
    assert message.ticket.state == "open"
    assert Clock.objects.get(ticket=message.ticket).outcome == "running"
    assert send(server) == 0


def test_it_says_on_the_ticket_that_the_text_was_refused(
    message: Message, server: Server
) -> None:
    server.data = "554 5.7.1 Looks like spam"
    send(server)
    assert message.ticket.events.get(verb="undelivered").data["why"] == (
        "554 5.7.1 Looks like spam"
    )


def test_it_goes_on_with_the_others_when_one_is_refused(cast: Cast, server: Server) -> None:
    send_letter(to="not an address", subject="Hello", body="x", at=now())
    send_letter(to="dana@nordwind.example", subject="Hello", body="x", at=now())
    assert send(server) == 2
    assert [mail.state for mail in queued("sign_in_link")] == ["failed", "accepted"]


def test_it_waits_for_a_server_that_is_not_there(message: Message) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        way = open_way(f"smtp://127.0.0.1:{closed.getsockname()[1]}")
        with pytest.raises(Unreachable):
            send_waiting(way, holder=Holder(1), clock=now)
    states = list(OutgoingMail.objects.values_list("state", "attempts"))
    assert sorted(states) == [("queued", 0), ("queued", 1)]


def test_it_sends_again_with_the_same_number_when_the_line_broke(
    message: Message, server: Server
) -> None:
    server.hang_up = True
    with pytest.raises(Unreachable):
        send(server)
    send(server, lambda: now() + timedelta(seconds=10))
    numbers = [mail["Message-ID"] for mail in server.received]
    assert numbers.count(reply().mail_id) == 2
    assert reply().state == "accepted"


def test_it_does_not_send_again_when_its_ticket_cannot_be_told(
    message: Message, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(sending, "settle", _raise)
        with pytest.raises(OperationalError):
            send(server)
    assert (reply().state, reply().settled_at) == ("accepted", None)
    settle_untold(clock=now)
    message.refresh_from_db()
    assert message.delivered_at == reply().accepted_at
    send(server)
    assert [mail["Message-ID"] for mail in server.received].count(reply().mail_id) == 1


def _same(instant: datetime) -> datetime:
    return instant


def _raise(*_: object) -> None:
    raise OperationalError("the database went away")


def test_it_keeps_mail_in_the_local_outbox_in_its_own_transaction(message: Message) -> None:
    assert len(send_all()) == 2
    assert len(send_all()) == 2
    assert OutboxMail.objects.get(message_id=reply().mail_id).to == (
        "Dana Wolf <dana@nordwind.example>"
    )


def test_it_uses_one_connection_for_many(cast: Cast, server: Server) -> None:
    for number in range(5):
        queue_sign_in_link(cast.dana, f"http://a.example/{number}", at=now())
    way = open_way(server.url)
    send_waiting(way, holder=Holder(1), clock=now)
    assert way.connection is not None  # type: ignore[attr-defined]
    way.close()
    assert len(server.received) == 5

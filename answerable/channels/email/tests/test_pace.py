"""One sender cannot take the door from all others."""

from __future__ import annotations

import pytest

from answerable.channels.email.core import pace
from answerable.channels.email.core.pace import Limits, Pace, sender_of

LIMITS = Limits(connections=2, mails_a_minute=60, altogether=4)


def test_it_lets_each_sender_have_so_many_connections() -> None:
    door = Pace(LIMITS)
    assert [door.enter("192.0.2.1") for _ in range(3)] == [True, True, False]
    assert door.enter("192.0.2.2")
    door.leave("192.0.2.1")
    assert door.enter("192.0.2.1")


def test_it_has_an_end_for_all_of_them() -> None:
    door = Pace(LIMITS)
    assert [door.enter(f"192.0.2.{n}") for n in range(5)] == [True] * 4 + [False]


def test_it_lets_a_minutes_mails_come_at_once_and_then_one_by_one() -> None:
    door = Pace(LIMITS)
    assert [door.may_send("192.0.2.1", 5.0) for _ in range(61)] == [True] * 60 + [False]
    assert not door.may_send("192.0.2.1", 5.9)
    assert door.may_send("192.0.2.1", 6.9)
    assert not door.may_send("192.0.2.1", 6.9)
    assert door.may_send("192.0.2.2", 6.9)


def test_it_does_not_limit_this_machine_unless_told() -> None:
    door = Pace(LIMITS)
    assert all(door.may_send("this machine", 0.0) for _ in range(200))
    strict = Pace(Limits(2, 1, 4, spares_this_machine=False))
    assert [strict.may_send("this machine", 0.0) for _ in range(2)] == [True, False]


def test_it_forgets_senders_who_are_long_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pace, "MOST_KNOWN", 10)
    door = Pace(LIMITS)
    for number in range(11):
        door.may_send(f"192.0.2.{number}", float(number * 100))
    assert len(door._left) == 1


def test_no_limit_is_no_limit() -> None:
    door = Pace(Limits(connections=0, mails_a_minute=0))
    assert all(door.enter("192.0.2.1") for _ in range(100))
    assert all(door.may_send("192.0.2.1", 0.0) for _ in range(2000))


@pytest.mark.parametrize(
    ("peer", "sender"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("fe80::1%eth0", "fe80::"),
        ("127.0.0.1", "this machine"),
        ("::1", "this machine"),
        ("", ""),
    ],
)
def test_it_knows_a_sender_by_address_or_network(peer: str, sender: str) -> None:
    assert sender_of(peer) == sender

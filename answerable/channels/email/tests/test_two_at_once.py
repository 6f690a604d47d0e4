"""Two runs at once share the work, and neither does what the other did."""

from __future__ import annotations

import threading
from datetime import UTC, datetime

import pytest
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.actions import drain, draining, queue_sign_in_link, send_waiting
from answerable.channels.email.actions.proving import prove_waiting
from answerable.channels.email.models import InboundMail, OutgoingMail
from answerable.channels.email.presence import Presence
from answerable.channels.email.tests.post import arrive, mail_of
from answerable.channels.email.tests.server import Server
from answerable.channels.email.transport import open_way
from answerable.tickets.models import Ticket
from answerable.tickets.tests.at_once import at_once

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)


def send_with(presence: Presence, server: Server) -> int:
    with presence.holder() as holder:
        return send_waiting(open_way(server.url), holder=holder, clock=now)


@pytest.mark.django_db(transaction=True)
def test_it_reads_each_mail_once() -> None:
    Cast(AT)
    for number in range(12):
        arrive(mail_of("dana@nordwind.example", f"Text {number}"), at=AT)
    done = at_once([lambda: drain(clock=now)] * 4)
    assert sum(n for n in done if isinstance(n, int)) == 12, done
    assert Ticket.objects.count() == 12


@pytest.mark.django_db(transaction=True)
def test_it_makes_one_ticket_of_two_copies_that_are_read_together() -> None:
    Cast(AT)
    for _ in range(3):
        raw = mail_of("dana@nordwind.example")
        for _ in range(4):
            arrive(raw, at=AT)
        at_once([lambda: drain(clock=now)] * 4)
    while drain(clock=now):
        pass
    assert Ticket.objects.count() == 3
    states = list(InboundMail.objects.values_list("state", flat=True))
    assert (states.count("accepted"), states.count("duplicate")) == (3, 9)


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("state", "headers"),
    [
        ("accepted", {"Message_ID": ""}),
        ("review", {"List_Id": "<announce.nordwind.example>"}),
        ("refused", {"Auto_Submitted": "auto-replied"}),
    ],
)
def test_it_knows_a_copy_that_another_run_is_handling(
    state: str, headers: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    raw = mail_of("nobody@elsewhere.example", **headers)
    for _ in range(2):
        arrive(raw, at=AT)
    prove_waiting(most=2)
    monkeypatch.setattr(draining, "TOGETHER", 1)
    # Each run has its copy in hand before either goes on.
    in_hand = threading.Barrier(2)

    def clock() -> datetime:
        in_hand.wait(timeout=30)
        return now()

    monkeypatch.setattr(draining, "AT_ONCE", 1)
    assert at_once([lambda: drain(clock=clock)] * 2) == [1, 1]
    states = set(InboundMail.objects.values_list("state", flat=True))
    assert states == {state, "duplicate"}
    assert Ticket.objects.count() == (state == "accepted")


@pytest.mark.django_db(transaction=True)
def test_it_sends_each_mail_once(server: Server) -> None:
    cast = Cast(AT)
    for number in range(6):
        queue_sign_in_link(cast.dana, f"http://a.example/{number}", at=now())
    at_once([lambda: send_with(Presence(), server)] * 4)
    assert len(server.received) == 6
    assert len({mail["Message-ID"] for mail in server.received}) == 6
    assert set(OutgoingMail.objects.values_list("state", flat=True)) == {"accepted"}

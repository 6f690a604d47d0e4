"""A mail that cannot be handled is parked, and those behind it go on."""

from __future__ import annotations

from datetime import datetime

import pytest
from django.db import OperationalError
from django.utils.timezone import now

from answerable.cast import Cast
from answerable.channels.email.actions import drain, draining
from answerable.channels.email.models import InboundMail
from answerable.channels.email.tests.post import arrive, mail_of
from answerable.tickets import events
from answerable.tickets.models import Ticket, TicketEvent

POISON = "This cannot be handled."


def poisoned(error: Exception) -> events.Reaction:
    """Return a reaction of some other room that fails for one ticket."""

    def follow(happened: list[TicketEvent]) -> None:
        if any(e.message and POISON in e.message.body for e in happened):
            raise error

    return follow  # type: ignore[return-value]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    usual = events.reactions()
    monkeypatch.setattr(events, "reactions", lambda: (*usual, poisoned(KeyError("x"))))


def test_it_parks_poison_and_goes_on(cast: Cast, at: datetime, failing: None) -> None:
    mails = [
        arrive(mail_of("dana@nordwind.example", text), at=at)
        for text in ("Before.", POISON, "Behind.")
    ]
    assert drain(clock=now) == 3
    states = [InboundMail.objects.get(pk=mail.pk).state for mail in mails]
    assert states == ["accepted", "review", "accepted"]
    assert Ticket.objects.count() == 2


def test_it_says_why_and_keeps_the_bytes(cast: Cast, at: datetime, failing: None) -> None:
    raw = mail_of("dana@nordwind.example", POISON)
    mail = arrive(raw, at=at)
    drain(clock=now)
    mail.refresh_from_db()
    assert mail.reason == "It could not be handled: KeyError."
    assert bytes(mail.raw) == raw
    assert mail.handled_at


def test_it_gives_a_mail_up_that_the_database_refuses_again_and_again(
    cast: Cast, at: datetime, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = events.reactions()
    ending = poisoned(OperationalError("deadlock detected"))
    monkeypatch.setattr(events, "reactions", lambda: (*usual, ending))
    mail = arrive(mail_of("dana@nordwind.example", POISON), at=at)
    assert drain(clock=now) == draining.MOST_ATTEMPTS + 1
    mail.refresh_from_db()
    assert (mail.state, mail.attempts) == ("review", draining.MOST_ATTEMPTS)

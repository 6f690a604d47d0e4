"""Colleagues are asked to stand behind a request; who says something first decides."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import (
    NotAsked,
    OtherCustomer,
    ask_to_endorse,
    decline_to_endorse,
    endorse,
    resolve,
)
from answerable.tickets.models import Endorsement, Ticket, TicketEvent
from answerable.tickets.tests.openings import opened

HOUR = timedelta(hours=1)


@pytest.fixture
def ticket(cast: Cast, at: datetime) -> Ticket:
    """Sam's request, for which Dana and Kim are asked."""
    ticket = opened(cast.sam, at)
    ask_to_endorse(ticket, [cast.dana, cast.kim, cast.dana], contact=cast.sam, at=at)
    return ticket


def outcomes(ticket: Ticket) -> dict[str, str]:
    rows = ticket.endorsements.select_related("contact")
    return {row.contact.name: row.outcome for row in rows}


def log_of(ticket: Ticket, verb: str) -> list[TicketEvent]:
    return list(TicketEvent.objects.filter(ticket=ticket, verb=verb))


def test_each_colleague_is_asked_once(cast: Cast, ticket: Ticket, at: datetime) -> None:
    assert outcomes(ticket) == {"Dana Wolf": "", "Kim Park": ""}
    assert ask_to_endorse(ticket, [cast.dana, cast.sam], contact=cast.sam, at=at) == []
    asked = log_of(ticket, "endorsement_asked")
    assert [event.data["names"] for event in asked] == [["Dana Wolf", "Kim Park"]]


def test_nobody_of_another_customer_is_asked(cast: Cast, at: datetime) -> None:
    ticket = opened(cast.sam, at)
    with pytest.raises(OtherCustomer):
        ask_to_endorse(ticket, [cast.olive], contact=cast.sam, at=at)
    with pytest.raises(OtherCustomer):
        ask_to_endorse(ticket, [cast.dana], contact=cast.olive, at=at)


def test_one_who_confirms_is_enough(cast: Cast, ticket: Ticket, at: datetime) -> None:
    endorse(ticket, contact=cast.kim, at=at + HOUR)
    assert outcomes(ticket) == {"Dana Wolf": "by_another", "Kim Park": "confirmed"}
    with pytest.raises(NotAsked):
        decline_to_endorse(ticket, contact=cast.dana, at=at + HOUR)


def test_who_declines_says_how_many_are_left(cast: Cast, ticket: Ticket, at: datetime) -> None:
    decline_to_endorse(ticket, contact=cast.dana, at=at)
    decline_to_endorse(ticket, contact=cast.kim, at=at)
    with pytest.raises(NotAsked):
        decline_to_endorse(ticket, contact=cast.kim, at=at)
    assert [e.data["left"] for e in log_of(ticket, "endorsement_declined")] == [1, 0]


def test_nobody_is_waited_for_once_it_is_solved(
    cast: Cast, ticket: Ticket, at: datetime
) -> None:
    assert Endorsement.objects.waiting().count() == 2
    resolve(ticket, agent=cast.ana, contact=None, reason="Solved", at=at + HOUR)
    assert not Endorsement.objects.waiting().exists()

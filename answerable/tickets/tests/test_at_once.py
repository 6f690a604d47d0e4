"""Two people do the same thing at the same time."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

import pytest

from answerable.cast import Cast
from answerable.tickets.actions import (
    AlreadyDecided,
    TakenByOther,
    answer,
    confirm_claim,
    mark_delivered,
    open_ticket,
    take,
)
from answerable.tickets.models import Claim, Message, Ticket, TicketEvent
from answerable.tickets.tests.at_once import at_once
from answerable.tickets.tests.openings import (
    NOBODY_CAN_SIGN_IN,
    opened,
    opened_critical,
    opening,
)

pytestmark = pytest.mark.django_db(transaction=True)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def people(transactional_db: None, at: datetime) -> Cast:
    return Cast(at)


def test_it_makes_one_ticket_of_a_form_that_was_pressed_six_times(
    people: Cast, at: datetime
) -> None:
    press = opening(people.dana, impact=NOBODY_CAN_SIGN_IN, submission="one-form")
    tickets = at_once([partial(open_ticket, press, at=at)] * 6)
    ticket = Ticket.objects.get()
    assert tickets == [ticket] * 6
    assert (Message.objects.count(), Claim.objects.count()) == (1, 1)
    assert TicketEvent.objects.filter(verb="opened").count() == 1


def test_it_gives_a_ticket_to_one_of_two_takers(people: Cast, at: datetime) -> None:
    ticket = opened(people.dana, at)
    agents = (people.ana, people.ben)
    results = at_once([partial(take, ticket, agent=agent, at=at) for agent in agents])
    (taken,) = [result for result in results if isinstance(result, Ticket)]
    (lost,) = [result for result in results if isinstance(result, TakenByOther)]
    assert lost.agent == taken.assignee
    assert TicketEvent.objects.filter(verb="taken").count() == 1


def test_it_lets_one_of_two_decide_on_a_claim(people: Cast, at: datetime) -> None:
    ticket = opened_critical(people.dana, at)
    results = at_once(
        [
            partial(confirm_claim, ticket, agent=agent, at=at)
            for agent in (people.ana, people.ben)
        ]
    )
    assert {type(result) for result in results} == {Claim, AlreadyDecided}


def test_it_delivers_a_reply_once(people: Cast, at: datetime) -> None:
    ticket = opened(people.dana, at)
    message = answer(ticket, agent=people.ana, body="Use it.", seen=2**62, at=at)
    results = at_once([partial(mark_delivered, message, at=at + MINUTE)] * 3)
    assert results == [None] * 3
    assert TicketEvent.objects.filter(verb="delivered").count() == 1
    assert TicketEvent.objects.filter(verb="clock_met").count() == 1

"""A business-critical ticket rings at one agent, and leaves little room for anything else."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.routing.actions import OfferOver, accept_offer, decline_offer
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Offer
from answerable.routing.queries import offers_to
from answerable.routing.tests.scenes import chat_of, ringing, there
from answerable.routing.tests.test_queue import ask
from answerable.routing.waiting import RINGS
from answerable.sla.actions import wake_due
from answerable.tickets import actions as tickets


def the_offer() -> Offer:
    return Offer.objects.get(ended_at=None)


def test_a_critical_ticket_leaves_room_for_one_chat(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    claim = ask(cast.dana, at, critical=True)
    tickets.take(claim, agent=cast.ana, at=at)
    chat_of(cast.olive, at)
    chat_of(cast.sam, at)
    dispatch(at=at)
    accept_offer(the_offer(), agent=cast.ana, at=at)
    assert dispatch(at=at) == 0


def test_a_claim_rings_at_one_agent_and_stays_on_the_cards_of_the_others(
    cast: Cast, at: datetime
) -> None:
    there(cast.ana, cast.ben, at=at)
    claim = ask(cast.dana, at, critical=True)
    wake_due(at=at)
    dispatch(at=at)
    assert ringing() == [("critical", "Ana")]
    assert list(offers_to(cast.ben)) == [claim]
    assert list(offers_to(cast.ana)) == []
    dispatch(at=at + RINGS[Offer.Kind.CRITICAL])
    assert ringing() == [("critical", "Ben")]
    assert list(offers_to(cast.ana)) == [claim]
    assert (
        accept_offer(the_offer(), agent=cast.ben, at=at + RINGS[Offer.Kind.CRITICAL]) == claim
    )
    assert list(offers_to(cast.ana)) == []


def test_who_says_not_now_to_a_claim_has_no_card_of_it(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    ask(cast.dana, at, critical=True)
    wake_due(at=at)
    dispatch(at=at)
    decline_offer(the_offer(), agent=cast.ana, at=at)
    assert list(offers_to(cast.ana)) == []


def test_a_claim_that_somebody_took_rings_no_more(cast: Cast, at: datetime) -> None:
    there(cast.ana, at=at)
    claim = ask(cast.dana, at, critical=True)
    dispatch(at=at)
    offer = the_offer()
    tickets.take(claim, agent=cast.ben, at=at)
    with pytest.raises(OfferOver) as over:
        accept_offer(offer, agent=cast.ana, at=at)
    assert over.value.by == cast.ben
    dispatch(at=at)
    assert ringing() == []

"""Who dials our number rings at one agent after the other, who all have a telephone."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.channels.voice.actions import end_call, give_back_call
from answerable.channels.voice.models import Call
from answerable.routing.actions import OfferOver, accept_offer
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Offer
from answerable.routing.tests.scenes import SECOND, call_from, ringing, there, with_telephone
from answerable.routing.waiting import RINGS


def the_offer() -> Offer:
    return Offer.objects.get(ended_at=None)


def test_who_dials_our_number_rings_at_one_after_the_other(cast: Cast, at: datetime) -> None:
    call = call_from(cast.olive, at)
    with_telephone(cast.ana, cast.ben)
    there(cast.ana, cast.ben, at=at)
    dispatch(at=at)
    dispatch(at=at + RINGS[Offer.Kind.CALL])
    assert ringing() == [("call", "Ben")]
    accept_offer(the_offer(), agent=cast.ben, at=at + RINGS[Offer.Kind.CALL])
    call.refresh_from_db()
    assert call.agent == cast.ben
    assert call.agent_phone


def test_who_has_no_telephone_is_offered_no_call_to_our_number(
    cast: Cast, at: datetime
) -> None:
    call_from(cast.olive, at)
    with_telephone(cast.ben)
    there(cast.ana, cast.ben, at=at)
    dispatch(at=at)
    assert ringing() == [("call", "Ben")]


def test_a_call_whose_agent_does_not_answer_goes_on_to_the_next(
    cast: Cast, at: datetime
) -> None:
    call = call_from(cast.olive, at)
    with_telephone(cast.ana, cast.ben)
    there(cast.ana, cast.ben, at=at)
    dispatch(at=at)
    accept_offer(the_offer(), agent=cast.ana, at=at)
    give_back_call(call, at=at + SECOND)
    dispatch(at=at + SECOND)
    assert ringing() == [("call", "Ben")]


def test_a_caller_who_hung_up_is_nobodys(cast: Cast, at: datetime) -> None:
    call = call_from(cast.olive, at)
    with_telephone(cast.ana)
    there(cast.ana, at=at)
    dispatch(at=at)
    offer = the_offer()
    end_call(call, Call.Outcome.NOT_TAKEN, at=at)
    with pytest.raises(OfferOver):
        accept_offer(offer, agent=cast.ana, at=at)

"""A call that is handed on rings as an offer: at one colleague, or at whoever has a skill."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.voice.actions import Onward, begin_call, follow, hand_on, hang_up
from answerable.channels.voice.actions.listening import listens
from answerable.channels.voice.core.states import News
from answerable.channels.voice.models import Call, Transfer
from answerable.routing.actions import OfferOver, accept_offer, decline_offer
from answerable.routing.actions.abilities import save_skill
from answerable.routing.dispatch import dispatch
from answerable.routing.models import Ability, Offer, Skill
from answerable.routing.tests.scenes import (
    SECOND,
    call_from,
    callback_of,
    ringing,
    there,
    with_telephone,
)
from answerable.routing.waiting import RINGS

SAYS = "Ben knows exports."


@pytest.fixture
def call(cast: Cast, at: datetime) -> Call:
    """Ana and Dana talk in their browsers; Ben and Chidi are there."""
    there(cast.ana, cast.ben, cast.chidi, at=at)
    listens(cast.dana, at=at)
    made = begin_call(callback_of(cast.dana, at), Call.Way.BROWSER, agent=cast.ana, at=at)
    return follow(made, News.ANSWERED, at=at)


def onward(call: Call, at: datetime, **to: object) -> Transfer:
    given = Onward(sentence=SAYS, **to)  # type: ignore[arg-type]
    agent = call.agent
    assert agent
    return hand_on(call, given, agent=agent, at=at)


def the_offer() -> Offer:
    return Offer.objects.get(ended_at=None)


def knows(agent: Agent, key: str) -> None:
    ability, _made = Ability.objects.get_or_create(agent=agent)
    ability.skills.add(Skill.objects.get(key=key))


def test_it_rings_at_the_colleague_alone(cast: Cast, call: Call, at: datetime) -> None:
    onward(call, at, to=cast.ben)
    dispatch(at=at)
    assert ringing() == [("handed", "Ben")]
    assert accept_offer(the_offer(), agent=cast.ben, at=at) == call
    assert Transfer.objects.get().taken_by == cast.ben
    dispatch(at=at)
    assert ringing() == []


@pytest.mark.parametrize("lets_it_ring", [True, False])
def test_a_colleague_who_does_not_take_it_ends_it(
    cast: Cast, call: Call, at: datetime, lets_it_ring: bool
) -> None:
    onward(call, at, to=cast.ben)
    dispatch(at=at)
    if lets_it_ring:
        dispatch(at=at + RINGS[Offer.Kind.HANDED])
    else:
        decline_offer(the_offer(), agent=cast.ben, at=at)
        dispatch(at=at + SECOND)
    assert Transfer.objects.get().outcome == Transfer.Outcome.NOT_TAKEN
    assert ringing() == []
    # Asked once more, it rings once more.
    onward(call, at + RINGS[Offer.Kind.HANDED] + SECOND, to=cast.ben)
    dispatch(at=at + RINGS[Offer.Kind.HANDED] + SECOND)
    assert ringing() == [("handed", "Ben")]


def test_it_goes_to_who_knows_about_it_and_on_to_the_next(
    cast: Cast, call: Call, at: datetime
) -> None:
    save_skill(Skill(key="exports", name="Exports"))
    knows(cast.chidi, "exports")
    onward(call, at, skill="exports", team="Exports")
    dispatch(at=at)
    assert ringing() == [("handed", "Chidi")]
    decline_offer(the_offer(), agent=cast.chidi, at=at)
    dispatch(at=at + SECOND)
    assert ringing() == [("handed", "Ben")]


def test_a_call_of_the_telephone_rings_only_at_who_has_one(cast: Cast, at: datetime) -> None:
    there(cast.ana, cast.ben, at=at)
    with_telephone(cast.ana)
    call = call_from(cast.dana, at)
    dispatch(at=at)
    accept_offer(the_offer(), agent=cast.ana, at=at)
    call = follow(call, News.ANSWERED, at=at)
    onward(call, at)
    dispatch(at=at)
    assert ringing() == []
    with_telephone(cast.ben)
    dispatch(at=at + SECOND)
    assert ringing() == [("handed", "Ben")]


def test_it_rings_no_more_when_the_customer_is_gone(
    cast: Cast, call: Call, at: datetime
) -> None:
    onward(call, at, to=cast.ben)
    dispatch(at=at)
    offer = the_offer()
    hang_up(call, at=at)
    dispatch(at=at)
    assert ringing() == []
    with pytest.raises(OfferOver):
        accept_offer(offer, agent=cast.ben, at=at)


def test_who_comes_is_offered_nothing_else(cast: Cast, call: Call, at: datetime) -> None:
    onward(call, at, to=cast.ben)
    dispatch(at=at)
    accept_offer(the_offer(), agent=cast.ben, at=at)
    callback_of(cast.sam, at)
    dispatch(at=at)
    assert ringing() == [("callback", "Chidi")]

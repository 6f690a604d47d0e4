"""A browser call is handed on: the next agent's page joins, and the first one's leaves."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from typing import Any

import pytest

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.channels.voice.access import call_of_agent, going_on_of
from answerable.channels.voice.actions import (
    InCall,
    Onward,
    begin_call,
    end_late_transfers,
    hand_on,
    take_over,
)
from answerable.channels.voice.actions.listening import listens
from answerable.channels.voice.core.handing import COMES_WITHIN, RINGS_AT_ONE, RINGS_AT_TEAM
from answerable.channels.voice.models import Call, Signal, Transfer
from answerable.channels.voice.talking import talked
from answerable.channels.voice.tests.calls import asked_by
from answerable.tests.meanwhile import as_it_waits
from answerable.tickets.actions import CallOver

SAYS = "he knows exports."
SECOND = timedelta(seconds=1)


class Page:
    """A page of one side, which counts what it says."""

    def __init__(self, call: Call, leg: str, at: datetime, agent: Agent | None = None) -> None:
        self.call, self.leg, self.at, self.agent, self.said = call, leg, at, agent, 0

    def says(self, *kinds: str, **body: object) -> dict[str, Any]:
        """Say something of each of these kinds; return what the page is told of the call."""
        first, self.said = self.said + 1, self.said + len(kinds)
        says = [
            {"number": first + n, "kind": kind, "body": body} for n, kind in enumerate(kinds)
        ]
        form = {"leg": self.leg, "says": json.dumps(says)}
        side = Signal.Side.AGENT if self.agent else Signal.Side.CONTACT
        call = Call.objects.select_related("agent", "contact").get(pk=self.call.pk)
        told = talked(call, side, form, agent=self.agent, at=self.at)
        return {"signals": told["signals"], **told["call"]}


@pytest.fixture
def call(cast: Cast, at: datetime) -> Call:
    listens(cast.dana, at=at)
    return begin_call(asked_by(cast.dana, at), Call.Way.BROWSER, agent=cast.ana, at=at)


@pytest.fixture
def ana(call: Call, cast: Cast, at: datetime) -> Page:
    return Page(call, "a1", at, cast.ana)


@pytest.fixture
def ben(call: Call, cast: Cast, at: datetime) -> Page:
    return Page(call, "b1", at, cast.ben)


@pytest.fixture
def dana(call: Call, ana: Page, at: datetime) -> Page:
    """Dana's page; she and Ana talk."""
    page = Page(call, "c1", at)
    ana.says("join", "connected")
    page.says("join", "connected")
    return page


def fresh(call: Call) -> Call:
    return Call.objects.select_related("agent").get(pk=call.pk)


def to_ben(call: Call, cast: Cast, at: datetime) -> Transfer:
    return hand_on(call, Onward(sentence=SAYS, to=cast.ben), agent=cast.ana, at=at)


def test_all_three_are_told_how_it_stands(
    cast: Cast, call: Call, ana: Page, ben: Page, dana: Page, at: datetime
) -> None:
    to_ben(call, cast, at)
    assert dana.says()["beside"] == "Ana hands the call on to Ben: he knows exports."
    assert ana.says()["beside"] == "It rings at Ben's desk. You talk on."
    take_over(call, agent=cast.ben, at=at)
    assert ana.says()["beside"] == "Ben comes into the call."
    told = ben.says()
    assert told["words"] == "Ana hands the call with Dana Wolf on to you: he knows exports."
    assert (told["has"], told["elsewhere"]) == ("", False)
    assert dana.says()["words"] == "On a call with Ana"


def test_the_next_page_joins_and_the_first_one_leaves(
    cast: Cast, call: Call, ana: Page, ben: Page, dana: Page, at: datetime
) -> None:
    to_ben(call, cast, at)
    take_over(call, agent=cast.ben, at=at)
    assert ben.says("join", take=True)["words"] == "Connecting with Dana Wolf …"
    assert (fresh(call).agent, fresh(call).state) == (cast.ben, Call.State.LOST)
    joined = [one["body"]["from"] for one in dana.says()["signals"] if one["kind"] == "join"]
    assert joined[-1] == "b1"
    left = ana.says("lost", "end")
    assert (left["state"], left["words"]) == ("ended", "Ben has the call now.")
    ben.says("connected")
    assert dana.says("connected")["words"] == "On a call with Ben"
    assert fresh(call).state == Call.State.CONNECTED
    ben.says("end")
    assert fresh(call).outcome == Call.Outcome.CONNECTED
    assert fresh(call).agent == cast.ben


def test_the_first_one_talks_on_where_the_next_one_cannot_come(
    cast: Cast, call: Call, ana: Page, ben: Page, dana: Page, at: datetime
) -> None:
    to_ben(call, cast, at)
    take_over(call, agent=cast.ben, at=at)
    ben.says("state", microphone="blocked")
    ben.says("end", microphone=True)
    assert Transfer.objects.get().outcome == Transfer.Outcome.NOT_TAKEN
    assert (fresh(call).agent, fresh(call).state) == (cast.ana, Call.State.CONNECTED)
    assert ana.says("state", muted=True)["has"] == "a1"


def test_a_recording_ends_with_the_first_one(
    cast: Cast, call: Call, ana: Page, ben: Page, dana: Page, at: datetime
) -> None:
    ana.says("ask_recording")
    dana.says("allow_recording")
    to_ben(call, cast, at)
    take_over(call, agent=cast.ben, at=at)
    ben.says("join", take=True)
    assert call.recordings.get().ended_at is not None


def test_only_those_whom_it_concerns_see_the_call(
    cast: Cast, call: Call, ben: Page, dana: Page, at: datetime
) -> None:
    assert call_of_agent(cast.ben, call.key) is None
    to_ben(call, cast, at)
    assert call_of_agent(cast.ben, call.key) is None
    take_over(call, agent=cast.ben, at=at)
    assert going_on_of(agent=cast.ben) == call
    ben.says("join", take=True)
    assert call_of_agent(cast.ana, call.key) == call  # Her page hears that she has left.
    assert going_on_of(agent=cast.ana) is None
    assert call_of_agent(cast.lena, call.key) is None


def test_one_of_two_comes(cast: Cast, call: Call, dana: Page, at: datetime) -> None:
    hand_on(call, Onward(sentence=SAYS), agent=cast.ana, at=at)
    take_over(call, agent=cast.ben, at=at)
    with pytest.raises(CallOver):
        take_over(call, agent=cast.chidi, at=at)
    assert take_over(call, agent=cast.ben, at=at) == call


def test_who_talks_to_somebody_takes_nothing_over(
    cast: Cast, call: Call, dana: Page, at: datetime
) -> None:
    listens(cast.sam, at=at)
    begin_call(asked_by(cast.sam, at), Call.Way.HAND, agent=cast.ben, at=at)
    to_ben(call, cast, at)
    with pytest.raises(InCall):
        take_over(call, agent=cast.ben, at=at)


def test_who_begins_another_call_meanwhile_has_that(
    cast: Cast, call: Call, ben: Page, dana: Page, at: datetime
) -> None:
    to_ben(call, cast, at)
    take_over(call, agent=cast.ben, at=at)
    begin_call(asked_by(cast.sam, at), Call.Way.HAND, agent=cast.ben, at=at)
    ben.says("join", take=True)
    assert fresh(call).agent == cast.ana
    assert Transfer.objects.get().outcome == Transfer.Outcome.NOT_TAKEN


def test_nobody_is_waited_for_without_end(
    cast: Cast, call: Call, dana: Page, at: datetime
) -> None:
    to_ben(call, cast, at)
    assert end_late_transfers(at=at + RINGS_AT_ONE - SECOND) == 0
    assert end_late_transfers(at=at + RINGS_AT_ONE) == 1
    hand_on(call, Onward(sentence=SAYS), agent=cast.ana, at=at)
    assert end_late_transfers(at=at + RINGS_AT_ONE) == 0
    take_over(call, agent=cast.ben, at=at + RINGS_AT_TEAM - SECOND)
    assert end_late_transfers(at=at + RINGS_AT_TEAM + SECOND) == 0
    assert end_late_transfers(at=at + RINGS_AT_TEAM + COMES_WITHIN) == 1


@pytest.mark.django_db(transaction=True)
def test_whoever_waited_for_the_call_reads_whose_it_is_now(at: datetime) -> None:
    cast = Cast(at)
    listens(cast.dana, at=at)
    call = begin_call(asked_by(cast.dana, at), Call.Way.BROWSER, agent=cast.ana, at=at)
    for page in (Page(call, "c1", at), Page(call, "a1", at, cast.ana)):
        page.says("join", "connected")
    hand_on(call, Onward(sentence=SAYS, to=cast.ben), agent=cast.ana, at=at)
    take_over(call, agent=cast.ben, at=at)
    ben, first = Page(call, "b1", at, cast.ben), Page(call, "a1", at, cast.ana)
    told = as_it_waits(lambda: ben.says("join"), first.says)
    assert told["words"] == "Ben has the call now."

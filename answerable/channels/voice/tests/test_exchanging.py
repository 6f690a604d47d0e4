"""What the pages of a browser call tell us and each other."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from answerable.accounts.actions import let_in
from answerable.cast import Cast
from answerable.channels.voice.actions import begin_call
from answerable.channels.voice.actions.exchanging import Page, end_left_calls, exchange
from answerable.channels.voice.actions.listening import listens
from answerable.channels.voice.core.browser import Kind, NotSaid, Said, said_in
from answerable.channels.voice.models import Call, Signal
from answerable.channels.voice.talking import talked
from answerable.live.guards import allowed
from answerable.tickets.actions import Opening, Sender, Wanted, request_callback
from answerable.tickets.core.calling import Rules
from answerable.tickets.models import Callback, Ticket

AGENT, CONTACT = Signal.Side.AGENT, Signal.Side.CONTACT


@pytest.fixture
def callback(cast: Cast, at: datetime) -> Callback:
    """Dana waits for a call, with a page open at which it can ring."""
    opening = Opening(
        sender=Sender(contact=cast.dana, channel=Ticket.Channel.CALLBACK),
        body="Exports fail.",
        channel=Ticket.Channel.CALLBACK,
    )
    wanted = Wanted(phone="+4930901820", country="DE")
    listens(cast.dana, at=at)
    return request_callback(opening, wanted, contact=cast.dana, at=at)


@pytest.fixture
def call(callback: Callback, cast: Cast, at: datetime) -> Call:
    """Ana calls her from her browser."""
    return begin_call(callback, Call.Way.BROWSER, agent=cast.ana, at=at)


class Tab:
    """A page of one side, which counts what it says."""

    def __init__(self, call: Call, side: str, leg: str, at: datetime) -> None:
        self.call, self.side, self.leg, self.at = call, side, leg, at
        self.said = 0

    def says(self, *kinds: Kind, **body: Any) -> Call:
        """Say something of each of these kinds, at once; nothing: it is there."""
        first, self.said = self.said + 1, self.said + len(kinds)
        said = [Said(first + place, kind, body) for place, kind in enumerate(kinds)]
        exchange(self.call, Page(side=self.side, leg=self.leg, says=said), at=self.at)
        return Call.objects.get(pk=self.call.pk)

    def hears(self, after: int = 0) -> dict[str, Any]:
        """Return what its page is answered."""
        form = {"after": str(after), "leg": self.leg, "says": "[]"}
        return talked(self.call, self.side, form, at=self.at)


@pytest.fixture
def ana(call: Call, at: datetime) -> Tab:
    return Tab(call, AGENT, "a1", at)


@pytest.fixture
def dana(call: Call, at: datetime) -> Tab:
    return Tab(call, CONTACT, "c1", at)


def talk(ana: Tab, dana: Tab) -> Call:
    """Let both take the call, and sound flow at both."""
    for tab in (ana, dana):
        tab.says(Kind.JOIN)
    ana.says(Kind.CONNECTED)
    return dana.says(Kind.CONNECTED)


def test_people_talk_once_both_pages_say_so(ana: Tab, dana: Tab) -> None:
    ana.says(Kind.JOIN, Kind.CONNECTED)
    assert dana.says(Kind.JOIN).state == Call.State.RINGING
    talks = dana.says(Kind.CONNECTED)
    assert talks.state == Call.State.CONNECTED
    assert talks.is_identified


def test_a_signal_reaches_the_other_side_alone_in_its_order(ana: Tab, dana: Tab) -> None:
    ana.says(Kind.JOIN)
    ana.says(Kind.DESCRIPTION, Kind.CANDIDATE, Kind.CANDIDATE, to="c1")
    heard = dana.hears()
    kinds = [signal["kind"] for signal in heard["signals"]]
    assert kinds == ["join", "description", "candidate", "candidate"]
    assert dana.hears(after=heard["number"])["signals"] == []
    assert ana.hears()["signals"] == []


def test_what_is_said_twice_is_heard_once(ana: Tab, dana: Tab) -> None:
    ana.says(Kind.JOIN, Kind.CANDIDATE)
    ana.said = 0
    ana.says(Kind.JOIN, Kind.CANDIDATE)
    assert [one["kind"] for one in dana.hears()["signals"]] == ["join", "candidate"]


def test_a_page_without_the_call_says_nothing_in_it(ana: Tab, dana: Tab) -> None:
    talk(ana, dana)
    other = Tab(dana.call, CONTACT, "c2", dana.at)
    assert other.says(Kind.END, Kind.STATE, muted=True).state == Call.State.CONNECTED
    assert ana.hears()["call"]["other"]["leg"] == "c1"
    assert other.says(Kind.JOIN).state == Call.State.CONNECTED
    assert ana.hears()["call"]["other"]["leg"] == "c1"
    other.says(Kind.JOIN, take=True)
    assert ana.hears()["call"]["other"]["leg"] == "c2"
    assert dana.says(Kind.END).state == Call.State.CONNECTED


def test_a_side_says_only_what_is_its_own(ana: Tab, dana: Tab) -> None:
    talk(ana, dana)
    dana.says(Kind.HOLD, Kind.ASK_RECORDING, Kind.ASK_SCREEN)
    assert ana.says(Kind.REFUSE).state == Call.State.CONNECTED
    assert not dana.call.recordings.exists()


def test_a_held_call_that_was_lost_is_held_again(ana: Tab, dana: Tab) -> None:
    talk(ana, dana)
    assert ana.says(Kind.HOLD).state == Call.State.HELD
    assert dana.says(Kind.LOST).state == Call.State.LOST
    assert dana.says(Kind.CONNECTED).state == Call.State.HELD
    assert ana.says(Kind.RESUME).state == Call.State.CONNECTED


def test_who_ends_it_decides_what_became_of_it(ana: Tab, dana: Tab) -> None:
    talk(ana, dana)
    ended = dana.says(Kind.END)
    assert ended.outcome == Call.Outcome.CONNECTED
    assert ana.says(Kind.HOLD).state == Call.State.ENDED


def test_a_customer_who_does_not_take_it_was_called(ana: Tab, dana: Tab) -> None:
    ana.says(Kind.JOIN)
    assert dana.says(Kind.REFUSE).outcome == Call.Outcome.REFUSED


def test_a_customer_without_a_microphone_is_called_by_telephone(
    ana: Tab, dana: Tab, callback: Callback, cast: Cast, at: datetime
) -> None:
    ana.says(Kind.JOIN)
    ended = dana.says(Kind.REFUSE, microphone=True)
    assert ended.outcome == Call.Outcome.FAILED
    assert "microphone" in ana.hears()["call"]["words"]
    callback.refresh_from_db()
    assert (callback.ended_at, callback.attempts) == (None, 0)
    again = begin_call(callback, Call.Way.BROWSER, agent=cast.ana, at=at)
    assert again.way == Call.Way.HAND


def test_an_agent_without_a_microphone_has_not_called(ana: Tab, callback: Callback) -> None:
    assert ana.says(Kind.END, microphone=True).outcome == Call.Outcome.FAILED
    callback.refresh_from_db()
    assert callback.attempts == 0


def test_a_call_that_nobody_is_in_is_ended(ana: Tab, dana: Tab, at: datetime) -> None:
    talk(ana, dana)
    assert ana.says(Kind.LEAVE).state == Call.State.LOST
    assert "was closed" in dana.hears()["call"]["words"]
    assert end_left_calls(at=at + timedelta(seconds=59)) == 0
    assert end_left_calls(at=at + timedelta(seconds=60)) == 1
    ended = Call.objects.get(pk=ana.call.pk)
    assert (ended.outcome, ended.why) == ("connected", "The agent's page was closed.")
    assert not ended.signals.exists()


def test_its_two_sides_hear_of_it_and_nobody_else(call: Call, cast: Cast, at: datetime) -> None:
    topic = f"call-{call.key}"
    for person in (cast.ana.user, let_in(cast.dana, at=at)):
        assert allowed(person, [topic, "call-other"]) == {topic}
    for other in (cast.ben.user, let_in(cast.sam, at=at), AnonymousUser()):
        assert allowed(other, [topic]) == set()


@pytest.mark.parametrize(("ring", "rings"), [(5, 20), (20, 20), (50, 50)])
def test_it_rings_for_as_long_as_the_plan_says(
    callback: Callback, ana: Tab, at: datetime, ring: int, rings: int
) -> None:
    Callback.objects.filter(pk=callback.pk).update(rules=Rules(ring=ring).as_json())
    ana.says(Kind.JOIN)
    ana.at = at + timedelta(seconds=rings - 1)
    assert not ana.says().outcome
    ana.at = at + timedelta(seconds=rings)
    assert ana.says().outcome == Call.Outcome.NO_ANSWER
    callback.refresh_from_db()
    assert callback.attempts == 1


def test_without_an_open_page_nobody_is_called_by_browser(
    callback: Callback, cast: Cast, at: datetime
) -> None:
    later = at + timedelta(minutes=1)
    call = begin_call(callback, Call.Way.BROWSER, agent=cast.ana, at=later)
    assert call.way == Call.Way.HAND


@pytest.mark.parametrize(
    "items",
    [
        "text",
        [1],
        [{"number": 0, "kind": "join"}],
        [{"number": True, "kind": "join"}],
        [{"number": 1, "kind": "shout"}],
        [{"number": 1, "kind": "join", "body": []}],
        [{"number": 1, "kind": ["join"]}],
        [{"number": n, "kind": "join"} for n in range(1, 99)],
    ],
)
def test_what_no_page_of_ours_says_is_refused(items: object) -> None:
    with pytest.raises(NotSaid):
        said_in(items)

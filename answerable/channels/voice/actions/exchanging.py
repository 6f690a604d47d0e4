"""What the pages of a call from browser to browser tell us and each other.

Everything happens while the call's row is held: so the numbers of its signals are in the order
in which they were written, and a page that asks for those after a number misses none.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.channels.voice.actions import recording
from answerable.channels.voice.actions.coming import comes_in
from answerable.channels.voice.actions.ending import end_call
from answerable.channels.voice.actions.following import follow
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.actions.listening import wants_telephone
from answerable.channels.voice.core.browser import PASSED_ON, Kind, Said, may_say, states_in
from answerable.channels.voice.core.states import News
from answerable.channels.voice.core.staying import (
    RINGS_AT_LEAST,
    Stand,
    is_here,
    over,
    rings_for,
)
from answerable.channels.voice.models import Call, CallSide, Signal
from answerable.lib.locks import locked
from answerable.live.events import Changed, publish

Side = Signal.Side
# How seldom it is noted that a page is still there.
NOTED_EACH = timedelta(seconds=3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of one side, by its leg, and what it says; on the agent's, whose it is."""

    side: str
    leg: str
    says: Sequence[Said] = ()
    agent: Agent | None = None

    def is_of_another(self, call: Call) -> bool:
        """Say whether it is the page of an agent who does not have the call: to whom it is
        handed on, or who did that."""
        return self.agent is not None and self.agent.pk != call.agent_id


@dataclass(slots=True)
class _Talk:
    call: Call
    mine: CallSide
    other: CallSide
    page: Page
    at: datetime

    @property
    def has_call(self) -> bool:
        """Whether the page that speaks is the one that has the call."""
        return bool(self.page.leg) and self.mine.leg == self.page.leg

    def may(self, kind: Kind) -> bool:
        """Say whether the page that speaks may say this: it has the call, or nobody has it and
        its person does not take it, or cannot."""
        return self.has_call or (kind in UNTAKEN and not self.mine.leg)

    def signal(self, kind: str, body: Mapping[str, object]) -> None:
        """Tell the other side's page something."""
        self.call.signals.create(side=self.page.side, kind=kind, body=body, at=self.at)

    def again(self) -> None:
        """Look at the call anew: another action has changed it."""
        self.call.refresh_from_db()


def exchange(call: Call, page: Page, *, at: datetime) -> Call:
    """Hear what a page says, each thing once, and return the call as it stands then.

    What a page says that does not have the call changes nothing, nor what an ended call hears.
    """
    return end_if_over(_exchange(call, page, at), at=at)


@transaction.atomic
def _exchange(call: Call, page: Page, at: datetime) -> Call:
    # The ticket is held before the call by whoever holds both; most of what pages say needs it
    # not, and so waits for nobody who works on the ticket.
    is_light = all(said.kind in LIGHT for said in page.says) and not page.is_of_another(call)
    held = _held(call) if is_light else hold_call_row(call)
    if held.ended_at is not None:
        return held
    if page.agent and page.is_of_another(held):
        kinds = {said.kind for said in page.says}
        if not comes_in(held, page.agent, kinds, at=at):
            return held
    sides = {side: _side(held, side) for side in Side.values}
    other = Side.CONTACT if page.side == Side.AGENT else Side.AGENT
    talk = _Talk(held, sides[page.side], sides[other], page, at)
    was_here = is_here(talk.mine.heard_at, at)
    changed = [_hear(talk, said) for said in page.says]
    _note(talk, any(changed) or not was_here)
    if any(changed) or not was_here:
        publish(Changed(f"call-{held.key}"))
    return talk.call


def _held(call: Call) -> Call:
    rows = locked(Call.objects.filter(pk=call.pk))
    return rows.select_related("ticket", "callback", "contact", "agent").get()


def end_if_over(call: Call, *, at: datetime) -> Call:
    """End a call that nobody answers, or that one side left; return the call."""
    if _over(call, at) is None:
        return call
    with transaction.atomic():
        held = hold_call_row(call)
        found = _over(held, at)
        return end_call(held, found[0], why=found[1], at=at) if found else held


def _over(call: Call, at: datetime) -> tuple[str, str] | None:
    if call.ended_at is not None:
        return None
    sides = {side.side: side for side in call.sides.all()}
    agent, contact = sides.get(Side.AGENT), sides.get(Side.CONTACT)
    stand = Stand(
        dialled_at=call.dialled_at,
        is_connected=call.connected_at is not None,
        has_joined=bool(contact and contact.leg),
        agent_heard_at=agent.heard_at if agent else None,
        contact_heard_at=contact.heard_at if contact else None,
        rings=rings_for(call.callback.ruled.ring) if call.callback else RINGS_AT_LEAST,
    )
    return over(stand, at)


def end_left_calls(*, at: datetime) -> int:
    """End the browser calls that nobody is in any more, and return how many.

    The pages do it themselves while one of them is open.
    """
    calls = Call.objects.going_on().filter(way=Call.Way.BROWSER)
    calls = calls.select_related("ticket", "callback")
    return sum(end_if_over(call, at=at).ended_at is not None for call in calls.order_by("pk"))


def _side(call: Call, side: str) -> CallSide:
    return CallSide.objects.get_or_create(call=call, side=side)[0]


def _hear(talk: _Talk, said: Said) -> bool:
    """Do what a page says, and return whether that changed anything."""
    numbers = talk.mine.numbers
    if said.number <= numbers.get(talk.page.leg, 0) or not may_say(talk.page.side, said.kind):
        return False
    numbers[talk.page.leg] = said.number
    if said.kind is Kind.JOIN:
        return _join(talk, take=said.body.get("take") is True)
    if talk.call.ended_at is not None or not talk.may(said.kind):
        return False
    if said.kind in PASSED_ON:
        talk.signal(said.kind, said.body)
    else:
        DOES[said.kind](talk, said)
        talk.again()
    return True


def _join(talk: _Talk, *, take: bool) -> bool:
    mine = talk.mine
    elsewhere = mine.leg not in {"", talk.page.leg} and is_here(mine.heard_at, talk.at)
    if elsewhere and not take:
        return False
    mine.leg, mine.says = talk.page.leg, {}
    if talk.page.side == Side.CONTACT:
        # They are signed in, and took the call on that page.
        Call.objects.filter(pk=talk.call.pk).update(is_identified=True)
    talk.signal(Kind.JOIN, {"from": mine.leg})
    return True


def _leave(talk: _Talk, said: Said) -> None:
    talk.mine.says = {}
    talk.mine.heard_at = None
    if talk.call.connected_at:
        follow(talk.call, News.LOST, at=talk.at)


def _state(talk: _Talk, said: Said) -> None:
    talk.mine.says |= states_in(said.body)


def _connected(talk: _Talk, said: Said) -> None:
    """Note that sound flows at a page. People talk when both say so: one may hear nothing."""
    talk.mine.says["connected"] = True
    if not talk.other.says.get("connected"):
        return
    if talk.call.state == Call.State.LOST:
        follow(talk.call, News.BACK, at=talk.at)
        if "held" in _of_agent(talk).says:
            follow(talk.call, News.HELD, at=talk.at)
    else:
        follow(talk.call, News.ANSWERED, at=talk.at)


def _lost(talk: _Talk, said: Said) -> None:
    talk.mine.says["connected"] = False
    if talk.call.connected_at:
        follow(talk.call, News.LOST, at=talk.at)


def _hold(talk: _Talk, said: Said) -> None:
    talk.mine.says["held"] = True
    follow(talk.call, News.HELD, at=talk.at)


def _resume(talk: _Talk, said: Said) -> None:
    talk.mine.says.pop("held", None)
    follow(talk.call, News.RESUMED, at=talk.at)


def _end(talk: _Talk, said: Said) -> None:
    outcome, why = Call.Outcome.CONNECTED, ""
    if talk.call.connected_at is None:
        is_agent = talk.page.side == Side.AGENT
        outcome = Call.Outcome.NO_ANSWER if is_agent else Call.Outcome.REFUSED
        if is_agent and said.body.get("microphone"):
            # It never rang for the customer: this was no attempt to call them.
            outcome, why = Call.Outcome.FAILED, AGENT_BLOCKED
    end_call(talk.call, outcome, why=why, at=talk.at)


def _refuse(talk: _Talk, said: Said) -> None:
    """End a call that its customer does not take, or wants to their telephone instead."""
    if not said.body.get("microphone"):
        end_call(talk.call, Call.Outcome.REFUSED, at=talk.at)
        return
    wants_telephone(talk.call)
    end_call(talk.call, Call.Outcome.FAILED, why=CONTACT_BLOCKED, at=talk.at)


def _of_agent(talk: _Talk) -> CallSide:
    return talk.mine if talk.page.side == Side.AGENT else talk.other


def _note(talk: _Talk, at_once: bool) -> None:
    """Keep what a page told of itself, and that it is there."""
    mine, says = talk.mine, {said.kind for said in talk.page.says}
    if Kind.LEAVE in says:
        mine.heard_at = None
    elif talk.has_call or not mine.leg:
        late = mine.heard_at is None or talk.at - mine.heard_at >= NOTED_EACH
        mine.heard_at = talk.at if late or at_once else mine.heard_at
    mine.save()


CONTACT_BLOCKED = "The customer's browser blocks the microphone."
AGENT_BLOCKED = "The agent's browser blocks the microphone."
UNTAKEN = {Kind.REFUSE, Kind.STATE, Kind.END}
LIGHT = PASSED_ON | {Kind.JOIN, Kind.STATE}
DOES: Mapping[Kind, Callable[[_Talk, Said], None]] = {
    Kind.LEAVE: _leave,
    Kind.STATE: _state,
    Kind.CONNECTED: _connected,
    Kind.LOST: _lost,
    Kind.HOLD: _hold,
    Kind.RESUME: _resume,
    Kind.END: _end,
    Kind.REFUSE: _refuse,
    Kind.ASK_RECORDING: lambda talk, said: recording.ask(talk.call, at=talk.at),
    Kind.ALLOW_RECORDING: lambda talk, said: recording.allow(talk.call, at=talk.at),
    Kind.STOP_RECORDING: lambda talk, said: recording.stop(talk.call, at=talk.at),
}

"""Hears what becomes of legs, and tells their call what it comes to.

What is told twice, late or out of order comes to the same (core/legs.py, core/judging.py).
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.voice.actions import end_call, follow, give_back_call
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.core.states import News
from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.actions.handing import (
    note_who_came_not,
    take_line_over,
)
from answerable.channels.voice.twilio.actions.leaving import leaves_message
from answerable.channels.voice.twilio.actions.ringing import ring_agent, ring_contact
from answerable.channels.voice.twilio.actions.steering import cut
from answerable.channels.voice.twilio.core.judging import (
    First,
    Verdict,
    contact_there_at,
    judged,
)
from answerable.channels.voice.twilio.core.legs import Facts, merged
from answerable.channels.voice.twilio.models import FACTS, Leg
from answerable.channels.voice.twilio.queries import legs_of


@transaction.atomic
def hear(leg: Leg, told: Facts, *, sid: str = "", at: datetime) -> Leg:
    """Add to what is known of a leg, let its call follow, and return the leg.

    `sid` is what the provider calls it. News of another call under this leg's address changes
    nothing.
    """
    call, held = _held(leg)
    if sid and held.sid not in (None, sid):
        return held
    known = merged(held.facts(), told)
    for name in FACTS:
        setattr(held, name, getattr(known, name))
    held.sid, held.heard_at = held.sid or sid or None, at
    held.save(update_fields=[*FACTS, "sid", "heard_at"])
    if call:
        _judge(call, at)
    return held


@transaction.atomic
def agree(leg: Leg, *, at: datetime) -> bool:
    """Note that a person is there at the agent's, and say whether the call still goes on.

    Where theirs is the first telephone, the customer's rings now. A test has no call.
    """
    call, held = _held(leg)
    is_over = call is not None and call.ended_at is not None
    if is_over or held.is_given_up or held.facts().is_over:
        return False
    if held.agreed_at is None:
        held.agreed_at = at
        held.save(update_fields=["agreed_at"])
    if call and held.side == Leg.Side.NEXT:
        return take_line_over(call, held, at=at)
    if call:
        _judge(call, at)
    return True


@transaction.atomic
def joined(leg: Leg, conference: str, *, at: datetime) -> None:
    """Note in which conference of the provider's a leg is."""
    Leg.objects.filter(pk=leg.pk).update(conference=conference[:64], heard_at=at)


def _held(leg: Leg) -> tuple[Call | None, Leg]:
    fresh = Leg.objects.select_related("call__ticket").get(pk=leg.pk)
    call = hold_call_row(fresh.call) if fresh.call else None
    return call, Leg.objects.select_for_update(no_key=True).get(pk=leg.pk)


def _judge(call: Call, at: datetime) -> None:
    """Let a call follow what is known of its legs."""
    if call.ended_at is not None:
        return
    verdict = judged(legs_of(call))
    if verdict.connected_at and call.connected_at is None:
        call = follow(call, News.ANSWERED, at=_within(verdict.connected_at, call, at))
    if verdict.outcome:
        _end(call, verdict, at)
    else:
        _go_on(call, at)


def _end(call: Call, verdict: Verdict, at: datetime) -> None:
    for leg in call.legs.order_by("pk"):
        if not leaves_message(call, leg, verdict, at=at):
            cut(leg, at=at)
    ended = _within(verdict.over_at or at, call, at)
    # Who was told that they talk did, however the clocks of two machines put it.
    outcome = Call.Outcome.CONNECTED if call.connected_at else verdict.outcome
    end_call(call, outcome, why=verdict.why, at=ended)


def _go_on(call: Call, at: datetime) -> None:
    """Let the other telephone ring as soon as somebody is there at the first."""
    note_who_came_not(call, at=at)
    legs = legs_of(call)
    sides = {leg.side: leg for leg in call.legs.filter(is_given_up=False)}
    agent = sides.get(Leg.Side.AGENT)
    if legs.first == First.AGENT and legs.agreed_at and Leg.Side.CONTACT not in sides:
        ring_contact(call, at=at)
    if legs.first == First.CONTACT and contact_there_at(legs) and agent is None:
        ring_agent(call, at=at)
    if legs.first == First.CALLER and agent and agent.facts().is_over:
        agent.is_given_up = True
        agent.save(update_fields=["is_given_up"])
        give_back_call(call, at=at)


def _within(told: datetime, call: Call, at: datetime) -> datetime:
    """Return an instant that the provider told, which cannot lie outside the call."""
    return max(call.dialled_at, call.connected_at or call.dialled_at, min(told, at))

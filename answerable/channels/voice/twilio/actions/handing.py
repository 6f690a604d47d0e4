"""Lets the next agent into the conference of a call that is handed on; the first one leaves."""

from __future__ import annotations

from datetime import datetime

from answerable.channels.voice.actions import complete, follow, keep_call
from answerable.channels.voice.core.states import News, State
from answerable.channels.voice.models import Call, Transfer
from answerable.channels.voice.twilio.actions.steering import cut, give_up
from answerable.channels.voice.twilio.later import ANNOUNCE, HOLD, defer
from answerable.channels.voice.twilio.models import Leg


def take_line_over(call: Call, leg: Leg, *, at: datetime) -> bool:
    """Let a held call be of the agent who pressed the key, and say whether it is.

    The first agent's leg ends, and the conference does not end with it. A customer who waited
    on the line is taken back, and hears who comes.
    """
    transfer = call.transfers.open().select_related("taken_by").first()
    agent = transfer.taken_by if transfer else None
    if agent is None or not complete(call, agent, at=at):
        cut(leg, at=at)
        return False
    for first in call.legs.filter(side=Leg.Side.AGENT, is_given_up=False):
        give_up(first, at=at)
    leg.side = Leg.Side.AGENT
    leg.save(update_fields=["side"])
    customer = call.legs.filter(side=Leg.Side.CONTACT, is_given_up=False).first()
    if customer:
        _welcome(call, customer, at)
    return True


def note_who_came_not(call: Call, *, at: datetime) -> None:
    """Let a held call stay where it is whose next agent did not answer their telephone."""
    leg = call.legs.filter(side=Leg.Side.NEXT, is_given_up=False).first()
    if leg and leg.facts().is_over:
        leg.is_given_up = True
        leg.save(update_fields=["is_given_up"])
        keep_call(call, Transfer.Outcome.NOT_TAKEN, at=at)


def _welcome(call: Call, customer: Leg, at: datetime) -> None:
    if call.state == State.HELD:
        defer(HOLD, customer.pk, on=False)
        follow(call, News.RESUMED, at=at)
    defer(ANNOUNCE, customer.pk, what="next")

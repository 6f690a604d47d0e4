"""Leaves messages on answering machines."""

from __future__ import annotations

from datetime import datetime

from answerable.channels.voice.models import Call
from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.core.judging import Verdict
from answerable.channels.voice.twilio.later import MESSAGE, defer
from answerable.channels.voice.twilio.models import Leg, Telephone


def leaves_message(call: Call, leg: Leg, verdict: Verdict, *, at: datetime) -> bool:
    """Say whether a leg of a held call that is over goes on until a machine has our message.

    Where the customer's telephone rings first, they are answered with it anyway; else their leg
    is led to it.
    """
    ours = telephone()
    is_machines = leg.side == Leg.Side.CONTACT and verdict.outcome == Call.Outcome.VOICEMAIL
    is_kept = leg.facts().is_over or leg.cut_at is not None
    if ours is None or not ours.leaves_message or not is_machines or is_kept:
        return False
    if call.connected_at is not None:
        return False
    leg.message_at = at
    leg.save(update_fields=["message_at"])
    if ours.first == Telephone.First.AGENT:
        defer(MESSAGE, leg.pk)
    return True

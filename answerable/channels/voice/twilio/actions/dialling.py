"""Asks the provider to let a telephone ring, once."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.voice.twilio.account import leg_address, telephone
from answerable.channels.voice.twilio.actions.hearing import hear
from answerable.channels.voice.twilio.actions.setting import note_problem, note_success
from answerable.channels.voice.twilio.actions.steering import cut
from answerable.channels.voice.twilio.client import Failed, Fields, Twilio
from answerable.channels.voice.twilio.core.legs import Facts, Status
from answerable.channels.voice.twilio.models import Leg, Telephone

# Between the first ring and the news of it.
A_MOMENT = 2
EVENTS = ("initiated", "ringing", "answered", "completed")


def dial(number: int, *, at: datetime) -> None:
    """Ask the provider to make a leg's call; it is asked once, whatever becomes of the answer.

    A second call at the same telephone would be worse than none: who did not hear the answer
    is told by the webhooks, or by asking.
    """
    leg = _held_for_dialling(number, at)
    ours = telephone()
    if leg is None:
        return
    if ours is None or not leg.phone:
        _fail(leg, "off" if ours is None else "no_number", at)
        return
    try:
        made = Twilio(ours).call(_fields(leg, ours))
    except Failed as failed:
        if failed.problem:
            note_problem(failed.problem, says=failed.says, at=at)
        _fail(leg, failed.why or failed.problem, at)
        return
    note_success()
    known = hear(leg, Facts(), sid=str(made.get("sid") or "")[:64], at=at)
    if known.cut_at:
        cut(known, again=True, at=at)


@transaction.atomic
def _held_for_dialling(number: int, at: datetime) -> Leg | None:
    """Mark a leg as dialled, and return it; None if it was before, or nobody wants it."""
    rows = Leg.objects.going_on().filter(pk=number, dialled_at=None, cut_at=None)
    if not rows.update(dialled_at=at):
        return None
    return Leg.objects.select_related("call__callback").get(pk=number)


def _fail(leg: Leg, why: str, at: datetime) -> None:
    hear(leg, Facts(status=Status.FAILED, ended_at=at, why=why), at=at)


def _fields(leg: Leg, ours: Telephone) -> Fields:
    fields = [
        ("To", leg.phone),
        ("From", ours.number),
        ("Url", leg_address(leg, "answered")),
        ("Method", "POST"),
        ("StatusCallback", leg_address(leg, "status")),
        ("StatusCallbackMethod", "POST"),
        *(("StatusCallbackEvent", event) for event in EVENTS),
        ("Timeout", str(_ring_seconds(leg, ours))),
    ]
    return [*fields, *_detection(leg, ours)]


def _ring_seconds(leg: Leg, ours: Telephone) -> int:
    """Return for how long it rings: at a customer's at least for as long as their plan says
    that an attempt lasts."""
    callback = leg.call.callback if leg.call and leg.side == Leg.Side.CONTACT else None
    least = callback.ruled.ring + A_MOMENT if callback else 0
    return max(ours.ring_seconds, least)


def _detection(leg: Leg, ours: Telephone) -> Fields:
    """Return how the provider looks for an answering machine at the customer's.

    Where the agent is there already, both hear each other meanwhile.
    """
    if leg.side != Leg.Side.CONTACT or not ours.looks_for_machines:
        return []
    # Who leaves a message waits for the end of the machine's greeting.
    mode = "DetectMessageEnd" if ours.leaves_message else "Enable"
    if ours.first == Telephone.First.CONTACT:
        return [("MachineDetection", mode)]
    return [
        ("MachineDetection", mode),
        ("AsyncAmd", "true"),
        ("AsyncAmdStatusCallback", leg_address(leg, "machine")),
        ("AsyncAmdStatusCallbackMethod", "POST"),
    ]

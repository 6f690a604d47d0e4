"""Cuts legs, holds and mutes them: wanted here, done by jobs that ask the provider."""

from __future__ import annotations

import logging
from datetime import datetime

from answerable.channels.voice.twilio.account import leg_address, provider
from answerable.channels.voice.twilio.client import Failed, Fields
from answerable.channels.voice.twilio.later import CUT, defer
from answerable.channels.voice.twilio.models import Leg

log = logging.getLogger(__name__)


def cut(leg: Leg, *, again: bool = False, at: datetime) -> None:
    """Want a leg to be over; where the provider's name of it is not known yet, it follows.

    Called inside the transaction that holds the call.
    """
    if leg.facts().is_over or (leg.cut_at and not again):
        return
    leg.cut_at = leg.cut_at or at
    leg.save(update_fields=["cut_at"])
    if leg.sid:
        defer(CUT, leg.pk)


def give_up(leg: Leg, *, at: datetime) -> None:
    """Want a leg to be over whose side somebody else may have. Called as `cut` is."""
    leg.is_given_up = True
    leg.save(update_fields=["is_given_up"])
    cut(leg, at=at)


def cut_at_provider(leg: Leg) -> None:
    """Ask the provider to end a leg. Raises Failed.

    One that was handed on leaves alone: the others talk on.
    """
    if leg.is_given_up and leg.agreed_at:
        if not leg.conference:
            raise Failed("down", says="Nobody told in which conference it is.", again=True)
        _change_participant(leg, [("EndConferenceOnExit", "false")])
    _change(leg, [("Status", "completed")])


def turn_away_at_provider(leg: Leg) -> None:
    """Lead a caller out of the line, to where they hear what we do instead. Raises Failed."""
    _change(leg, [("Url", leg_address(leg, "late")), ("Method", "POST")])


def leave_message_at_provider(leg: Leg) -> None:
    """Lead an answering machine to what it is to keep. Raises Failed."""
    _change(leg, [("Url", leg_address(leg, "message")), ("Method", "POST")])


def announce_at_provider(leg: Leg, what: str) -> None:
    """Let one alone in a conference hear what stands at an address of theirs. Raises Failed."""
    told = [("AnnounceUrl", leg_address(leg, what)), ("AnnounceMethod", "POST")]
    _change_participant(leg, told)


def hold_at_provider(leg: Leg, *, on: bool) -> None:
    """Let somebody wait on the line, or take them back. Raises Failed."""
    waits = [("HoldUrl", leg_address(leg, "waiting")), ("HoldMethod", "POST")] if on else []
    _change_participant(leg, [("Hold", _word(on)), *waits])


def mute_at_provider(leg: Leg, *, on: bool) -> None:
    """Take somebody's voice off the line, or put it back. Raises Failed."""
    _change_participant(leg, [("Muted", _word(on))])


def _change(leg: Leg, fields: Fields) -> None:
    twilio = provider()
    if twilio and leg.sid and not leg.facts().is_over:
        twilio.change(leg.sid, fields)


def _change_participant(leg: Leg, fields: Fields) -> None:
    twilio = provider()
    if not (twilio and leg.sid and leg.conference) or leg.facts().is_over:
        return
    try:
        twilio.change_participant(leg.conference, leg.sid, fields)
    except Failed as failed:
        log.warning("The telephone provider could not hold or mute a call: %s", failed)
        raise


def _word(on: bool) -> str:
    return "true" if on else "false"

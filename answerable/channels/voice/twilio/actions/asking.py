"""Asks the provider what its webhooks should have told: they get lost."""

from __future__ import annotations

import logging
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import transaction

from answerable.channels.voice.twilio.account import provider, telephone
from answerable.channels.voice.twilio.actions.hearing import hear
from answerable.channels.voice.twilio.actions.setting import note_problem, note_success
from answerable.channels.voice.twilio.actions.steering import cut
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.channels.voice.twilio.core.legs import Facts, Status, told_when_asked
from answerable.channels.voice.twilio.later import TURN_AWAY, defer
from answerable.channels.voice.twilio.models import Leg
from answerable.channels.voice.twilio.queries import (
    failed_while_down,
    silent,
    waiting_too_long,
)
from answerable.tickets.actions import CallOver, give_up_callback

log = logging.getLogger(__name__)

# A leg of which the provider told nothing at all, not even that it made it.
NEVER_MADE = timedelta(minutes=2)


def ask_about_silent(*, at: datetime) -> int:
    """Ask about each leg of which nothing was heard for a while, and return how many were.

    One that the provider does not know is over; so is one that it never told of. While it does
    not answer, all stay as they are.
    """
    legs = silent(at)
    twilio = provider()
    for leg in legs:
        try:
            _ask(leg, twilio, at)
        except Failed as failed:
            log.warning("The telephone provider cannot be asked about calls: %s", failed)
            return 0
    return len(legs)


def _ask(leg: Leg, twilio: Twilio | None, at: datetime) -> None:
    if leg.sid and twilio:
        found = twilio.look_at(leg.sid)
        told = told_when_asked(found, at=at) if found is not None else _lost("unknown", at)
        _heard(leg, told, at)
    elif at - leg.made_at >= NEVER_MADE:
        hear(leg, _lost("never_made", at), at=at)


@transaction.atomic
def _heard(leg: Leg, told: Facts, at: datetime) -> None:
    known = hear(leg, told, at=at)
    # Wanted to be over, and it is not: its end was not heard at the provider's.
    if known.cut_at and not known.facts().is_over:
        cut(known, again=True, at=at)


def _lost(why: str, at: datetime) -> Facts:
    return Facts(status=Status.FAILED, ended_at=at, why=why)


@transaction.atomic
def turn_away_late(*, at: datetime) -> int:
    """Lead callers who waited for too long out of the line, and return how many they are."""
    ours = telephone()
    late = waiting_too_long(ours, at) if ours else []
    for leg in late:
        defer(TURN_AWAY, leg.pk)
    return len(late)


def give_up_while_down(*, at: datetime) -> int:
    """Let requests go on in writing whose call failed because the provider is down and stays
    so, and return how many; their customers are told what they are promised then."""
    given_up = 0
    for callback in failed_while_down(telephone(), at):
        with suppress(CallOver):  # Cancelled meanwhile.
            give_up_callback(callback, agent=None, at=at)
            given_up += 1
    return given_up


def probe(*, at: datetime) -> None:
    """Look whether a provider that could make no calls can again."""
    ours = telephone()
    if ours is None or not ours.problem:
        return
    try:
        found = Twilio(ours).number()
    except Failed as failed:
        note_problem(failed.problem or "refused", says=failed.says, at=at)
        return
    if found is None:
        note_problem("our_number", says="", at=at)
    else:
        note_success()

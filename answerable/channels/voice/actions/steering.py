"""Steers a call that goes on: hold, resume, keys, and hanging up, whichever its way."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.channels.voice.actions.ending import end_call
from answerable.channels.voice.actions.following import follow
from answerable.channels.voice.actions.held import hold_call_row
from answerable.channels.voice.core.states import News, State, after
from answerable.channels.voice.models import Call
from answerable.channels.voice.ways import way_of
from answerable.live.events import Changed, publish

KEYS = frozenset("0123456789*#")


@transaction.atomic
def hold_call(call: Call, *, at: datetime) -> Call:
    """Let the customer wait on the line, and return the call; one that rings stays as it is."""
    held = hold_call_row(call)
    if after(held.state, News.HELD) is None:
        return held
    way_of(held).hold(held, at=at)
    return follow(held, News.HELD, at=at)


@transaction.atomic
def resume_call(call: Call, *, at: datetime) -> Call:
    """Let both talk again, and return the call; one that is not held stays as it is."""
    held = hold_call_row(call)
    if after(held.state, News.RESUMED) is None:
        return held
    way_of(held).resume(held, at=at)
    return follow(held, News.RESUMED, at=at)


@transaction.atomic
def mute_call(call: Call, *, on: bool, at: datetime) -> None:
    """Take the agent's voice off the line, or put it back."""
    held = hold_call_row(call)
    if held.ended_at is None and held.is_muted != on:
        held.is_muted = on
        held.save(update_fields=["is_muted"])
        publish(Changed(f"ticket-{held.ticket_id}"))
        way_of(held).mute(held, on=on, at=at)


@transaction.atomic
def press_keys(call: Call, keys: str, *, at: datetime) -> None:
    """Send the tones of keys in a call in which people talk; other signs are left out."""
    held, keys = hold_call_row(call), "".join(key for key in keys if key in KEYS)
    if keys and held.state == State.CONNECTED:
        way_of(held).press(held, keys, at=at)


@transaction.atomic
def hang_up(call: Call, outcome: str = "", *, at: datetime) -> Call:
    """Cut the line and end a call, and return it; an ended one stays as it is.

    Without an outcome of Call.Outcome: who talked was connected, who did not answer before
    was not reached.
    """
    held = hold_call_row(call)
    if held.ended_at is not None:
        return held
    way_of(held).hang_up(held, at=at)
    talked = Call.Outcome.CONNECTED if held.connected_at else Call.Outcome.NO_ANSWER
    return end_call(held, outcome or talked, at=at)

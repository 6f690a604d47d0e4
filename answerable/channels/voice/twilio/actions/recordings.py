"""Lets the provider record calls, takes the sound over, and has it deleted there.

Both have agreed before anything is asked here. Nothing holds a row while the provider is asked.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from answerable.channels.voice.actions import consenting
from answerable.channels.voice.models import Recording
from answerable.channels.voice.twilio.account import leg_address, provider
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.channels.voice.twilio.models import Leg

log = logging.getLogger(__name__)

# The news that a recording is there comes within seconds of its end.
LEFT_AFTER = timedelta(minutes=2)
MOST = 20
READY, NONE = "completed", {"absent", "failed"}


def begin_at_provider(recording: Recording, *, at: datetime) -> None:
    """Ask the provider to record the customer's leg, both ways; asked once. Where it does not,
    nothing is recorded, and the desk says so."""
    leg, twilio = _leg(recording), provider()
    if leg is None or twilio is None or recording.ended_at is not None:
        consenting.not_begun(recording, at=at)
        return
    fields = [
        ("RecordingStatusCallback", leg_address(leg, "recorded")),
        ("RecordingStatusCallbackMethod", "POST"),
        ("RecordingStatusCallbackEvent", "completed absent"),
        ("RecordingTrack", "both"),
        ("RecordingChannels", "mono"),
    ]
    try:
        made = twilio.record(leg.sid or "", fields)
    except Failed as failed:
        log.warning("The telephone provider does not record a call: %s", failed)
        consenting.not_begun(recording, at=at)
        return
    consenting.begun(recording, str(made.get("sid") or "")[:64], at=at)


def pause_at_provider(recording: Recording, *, on: bool) -> None:
    """Let nothing be recorded while a customer waits on the line. Raises Failed."""
    behaves = [("PauseBehavior", "skip")] if on else []
    _change(recording, [("Status", "paused" if on else "in-progress"), *behaves])


def stop_at_provider(recording: Recording) -> None:
    """End a recording. Raises Failed."""
    _change(recording, [("Status", "stopped")])


def take_over(recording: Recording, *, at: datetime) -> None:
    """Fetch the sound of a recording that is over, keep it, and let the provider delete it.

    One that was kept is deleted there; one that is not ready waits for another call of this.
    Raises Failed.
    """
    key, twilio = recording.provider_key, provider()
    if key is None or twilio is None:
        return
    if recording.kept_until is None and not _kept(recording, key, twilio, at):
        return
    twilio.forget_recording(key)
    consenting.forgotten_at_provider(recording)


def take_over_left(*, at: datetime) -> int:
    """Take over what ended a while ago and is still at the provider's; return how many."""
    over = Recording.objects.filter(provider_key__isnull=False, ended_at__lte=at - LEFT_AFTER)
    left = list(over.order_by("pk")[:MOST])
    for recording in left:
        try:
            take_over(recording, at=at)
        except Failed as failed:
            log.warning("A recording cannot be taken over from the provider: %s", failed)
            return 0
    return len(left)


def _kept(recording: Recording, key: str, twilio: Twilio, at: datetime) -> bool:
    """Keep the sound, where there is some, and say whether the provider needs it no more."""
    found = twilio.recording(key)
    status = str(found.get("status")) if found else "absent"
    if status in NONE:
        consenting.without_sound(recording, at=at)
        return True
    if status != READY:
        return False
    consenting.keep_sound(recording, twilio.sound(key), at=at)
    return True


def _leg(recording: Recording) -> Leg | None:
    legs = Leg.objects.going_on().filter(
        call=recording.call_id, side=Leg.Side.CONTACT, sid__isnull=False
    )
    return legs.first()


def _change(recording: Recording, fields: list[tuple[str, str]]) -> None:
    leg, twilio = _leg(recording), provider()
    if leg and leg.sid and twilio and recording.provider_key:
        twilio.change_recording(leg.sid, recording.provider_key, fields)

"""Defers what is asked of the provider: it may fail, and nobody's transaction waits for it.

Jobs are deferred within the transaction that wants them, on the connection of its thread.
"""

from __future__ import annotations

from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.jobs import JobDeferrer
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

DIAL = "answerable.channels.voice.twilio.jobs.dial_leg"
CUT = "answerable.channels.voice.twilio.jobs.cut_leg"
TURN_AWAY = "answerable.channels.voice.twilio.jobs.turn_away"
HOLD = "answerable.channels.voice.twilio.jobs.hold_leg"
MUTE = "answerable.channels.voice.twilio.jobs.mute_leg"
MESSAGE = "answerable.channels.voice.twilio.jobs.leave_message"
ANNOUNCE = "answerable.channels.voice.twilio.jobs.announce_to_leg"
RECORD = "answerable.channels.voice.twilio.jobs.record_call"
PAUSE = "answerable.channels.voice.twilio.jobs.pause_recording"
STOP = "answerable.channels.voice.twilio.jobs.stop_recording"
FETCH = "answerable.channels.voice.twilio.jobs.fetch_recording"
QUEUE = "calls"
# Somebody waits at a telephone for each of these.
PRIORITY = 30


def defer(task: str, leg: int, **given: bool | str) -> None:
    """Have a task about a leg run once this transaction is committed."""
    _job(task).defer(leg=leg, **given)


def defer_recording(task: str, recording: int, **given: bool) -> None:
    """Have a task about a recording run once this transaction is committed."""
    _job(task).defer(recording=recording, **given)


def _job(task: str) -> JobDeferrer:
    return configure_task(
        name=task, job_manager=JobManager(DjangoConnector()), queue=QUEUE, priority=PRIORITY
    )

"""What is asked of the telephone provider, and done when its news is lost."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from answerable.channels.voice.models import Recording
from answerable.channels.voice.twilio import actions, later
from answerable.channels.voice.twilio.actions import asking, recordings
from answerable.channels.voice.twilio.client import Failed
from answerable.channels.voice.twilio.models import Leg

# A line that stays open costs money, and keeps somebody waiting.
AGAIN = RetryStrategy(max_attempts=5, wait=2, retry_exceptions={Failed})


@app.task(name=later.DIAL, queue=later.QUEUE, priority=later.PRIORITY)
def dial_leg(leg: int) -> None:
    """Let a telephone ring."""
    actions.dial(leg, at=now())


@app.task(name=later.CUT, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def cut_leg(leg: int) -> None:
    """End a telephone call."""
    actions.cut_at_provider(Leg.objects.get(pk=leg))


@app.task(name=later.TURN_AWAY, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def turn_away(leg: int) -> None:
    """Tell a caller who waited for too long what we do instead."""
    actions.turn_away_at_provider(Leg.objects.get(pk=leg))


@app.task(name=later.HOLD, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def hold_leg(leg: int, *, on: bool) -> None:
    """Let a customer wait on the line, or take them back."""
    actions.hold_at_provider(Leg.objects.get(pk=leg), on=on)


@app.task(name=later.MUTE, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def mute_leg(leg: int, *, on: bool) -> None:
    """Take an agent's voice off the line, or put it back."""
    actions.mute_at_provider(Leg.objects.get(pk=leg), on=on)


@app.task(name=later.MESSAGE, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def leave_message(leg: int) -> None:
    """Say to an answering machine what it is to keep."""
    actions.leave_message_at_provider(Leg.objects.get(pk=leg))


@app.task(name=later.ANNOUNCE, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def announce_to_leg(leg: int, *, what: str) -> None:
    """Let somebody in a call hear words or key tones."""
    actions.announce_at_provider(Leg.objects.get(pk=leg), what)


@app.task(name=later.RECORD, queue=later.QUEUE, priority=later.PRIORITY)
def record_call(recording: int) -> None:
    """Begin to record a call."""
    recordings.begin_at_provider(Recording.objects.get(pk=recording), at=now())


@app.task(name=later.PAUSE, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def pause_recording(recording: int, *, on: bool) -> None:
    """Record nothing for a while, or go on."""
    recordings.pause_at_provider(Recording.objects.get(pk=recording), on=on)


@app.task(name=later.STOP, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def stop_recording(recording: int) -> None:
    """End a recording."""
    recordings.stop_at_provider(Recording.objects.get(pk=recording))


@app.task(name=later.FETCH, queue=later.QUEUE, priority=later.PRIORITY, retry=AGAIN)
def fetch_recording(recording: int) -> None:
    """Take a recording over from the provider, and let it be deleted there."""
    recordings.take_over(Recording.objects.get(pk=recording), at=now())


@app.periodic(cron="* * * * * */20")
@app.task(queue=later.QUEUE, queueing_lock="calls-ask", pass_context=False)
def ask_about_calls(timestamp: int) -> None:
    """Ask about calls of which nothing was heard, and whether the provider is up again."""
    asking.ask_about_silent(at=now())
    asking.turn_away_late(at=now())
    asking.probe(at=now())
    asking.give_up_while_down(at=now())


@app.periodic(cron="*/2 * * * *")
@app.task(queue=later.QUEUE, queueing_lock="calls-recordings", pass_context=False)
def take_over_recordings(timestamp: int) -> None:
    """Take over the recordings of which nothing was heard, and those that are left there."""
    recordings.take_over_left(at=now())

"""What happens later to calls: those that nobody is in end, recordings become files and go."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.channels.voice.actions import remind_of_summaries
from answerable.channels.voice.actions.exchanging import end_left_calls
from answerable.channels.voice.actions.listening import forget_listeners
from answerable.channels.voice.actions.recording import finish_recordings, forget_recordings


@app.periodic(cron="* * * * *")
@app.task(queue="house", queueing_lock="voice-left-calls", pass_context=False)
def end_calls_left(timestamp: int) -> None:
    """End calls whose pages are closed, and keep what was recorded of them."""
    end_left_calls(at=now())
    finish_recordings(at=now())


@app.periodic(cron="47 3 * * *")
@app.task(queue="house", queueing_lock="voice-forget", pass_context=False)
def forget_recordings_that_are_over(timestamp: int) -> None:
    """Delete the sound of recordings whose day has come."""
    forget_recordings(at=now())
    forget_listeners(at=now())


@app.periodic(cron="*/5 * * * *")
@app.task(queue="house", queueing_lock="calls-remind", pass_context=False)
def remind_of_calls(timestamp: int) -> None:
    """Remind agents of calls that have no summary."""
    remind_of_summaries(at=now())

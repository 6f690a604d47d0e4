"""What happens later to calls."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.channels.voice.actions import remind_of_summaries


@app.periodic(cron="*/5 * * * *")
@app.task(queue="house", queueing_lock="calls-remind", pass_context=False)
def remind_of_calls(timestamp: int) -> None:
    """Remind agents of calls that have no summary."""
    remind_of_summaries(at=now())

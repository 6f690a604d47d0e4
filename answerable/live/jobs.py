"""What happens later in this room."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.live import actions


@app.periodic(cron="17 3 * * *")
@app.task(queue="house", queueing_lock="live-prune", pass_context=False)
def prune(timestamp: int) -> None:
    """Forget yesterday's changes."""
    actions.prune(at=now())

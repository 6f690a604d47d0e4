"""What happens later in this room."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.accounts.actions import widget


@app.periodic(cron="37 3 * * *")
@app.task(queue="house", queueing_lock="widget-sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Forget sessions of the widget that ended yesterday."""
    widget.forget_sessions(at=now())

"""What happens later in this room."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.accounts.actions import widget
from answerable.accounts.actions.limits import forget_tries
from answerable.accounts.devices.actions import forget_expired
from answerable.accounts.exports.actions import forget_ended
from answerable.accounts.notes.actions import forget_removed


@app.periodic(cron="37 3 * * *")
@app.task(queue="house", queueing_lock="widget-sessions", pass_context=False)
def forget_sessions(timestamp: int) -> None:
    """Forget sessions of the widget that ended yesterday."""
    widget.forget_sessions(at=now())


@app.periodic(cron="47 3 * * *")
@app.task(queue="house", queueing_lock="accounts-tidy", pass_context=False)
def tidy(timestamp: int) -> None:
    """Forget sessions, copies of data, counted tries and removed notes whose time is over."""
    forget_expired(at=now())
    forget_ended(at=now())
    forget_tries(at=now())
    forget_removed(at=now())

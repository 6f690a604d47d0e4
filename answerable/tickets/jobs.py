"""What happens later to tickets."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.tickets.actions import begin_callbacks
from answerable.tickets.actions.preparing import send_prepared
from answerable.tickets.actions.undoing import forget_undos


@app.periodic(cron="* * * * *")
@app.task(queue="house", queueing_lock="callbacks-begin", pass_context=False)
def begin_calls(timestamp: int) -> None:
    """Let customers wait for their call from the time that they chose."""
    begin_callbacks(at=now())


@app.periodic(cron="23 * * * *")
@app.task(queue="house", queueing_lock="tickets-tidy", pass_context=False)
def tidy_undos(timestamp: int) -> None:
    """Forget what nobody can take back any more."""
    while forget_undos(at=now()):
        pass


@app.periodic(cron="* * * * *")
@app.task(queue="house", queueing_lock="replies-prepared", pass_context=False)
def send_replies(timestamp: int) -> None:
    """Send the replies whose time has come."""
    while send_prepared(at=now()):
        pass

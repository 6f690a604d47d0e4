"""What happens later: deliveries that are not urgent, and digests."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate.contrib.django import app

from answerable.notices import actions

QUEUE = "house"


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="notices-deliver", pass_context=False)
def deliver_notices(timestamp: int) -> None:
    """Send what is due and not urgent; what failed comes again later each time."""
    while actions.deliver(urgent=False, clock=now):
        pass


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="notices-digest", pass_context=False)
def mail_digests(timestamp: int) -> None:
    """Mail digests to those who wait for one."""
    actions.send_digests(at=now())


@app.periodic(cron="* * * * *")
@app.task(queue=QUEUE, queueing_lock="notices-shifts", pass_context=False)
def remind_of_shifts(timestamp: int) -> None:
    """Tell agents that they are on call tomorrow, or now."""
    actions.remind_of_shifts(at=now())


@app.periodic(cron="23 4 * * *")
@app.task(queue=QUEUE, queueing_lock="notices-forget", pass_context=False)
def forget_notices(timestamp: int) -> None:
    """Forget what was read or sent long ago."""
    actions.forget(at=now())


@app.periodic(cron="41 * * * *")
@app.task(queue=QUEUE, queueing_lock="notices-sessions", pass_context=False)
def outlive_sessions(timestamp: int) -> None:
    """Let customers' browsers go on whose session runs out by itself."""
    actions.outlive_sessions(at=now())

"""What happens later in this room."""

from __future__ import annotations

from django.conf import settings
from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

from answerable.channels.email import actions, presence
from answerable.channels.email.actions import draining, sending, waking
from answerable.channels.email.send import Unreachable
from answerable.channels.email.transport import ways


@app.task(name=waking.DRAIN, queue=waking.QUEUE, priority=waking.PRIORITY[waking.DRAIN])
def drain_mail() -> None:
    """Read all stored mail, a hundred at a time."""
    if actions.drain(clock=now) == draining.AT_ONCE:
        actions.defer_one(actions.DRAIN)


@app.task(name=waking.SEND, queue=waking.QUEUE, priority=waking.PRIORITY[waking.SEND])
def send_mail() -> None:
    """Send all waiting mail, fifty at a time, over one connection to each server."""
    for way in ways(settings.ANSWERABLE_MAIL_URL, settings.ANSWERABLE_MAIL_ROUTES):
        try:
            with presence.here.holder() as holder:
                tried = actions.send_waiting(way, holder=holder, clock=now)
            if tried == sending.AT_ONCE or holder.is_ended():
                actions.defer_one(actions.SEND)
        except Unreachable:
            continue  # It is on the rows of mail and server; a living worker comes again.
        finally:
            way.backend.close()


@app.task(
    queue=waking.QUEUE,
    priority=waking.PRIORITY[waking.SEND],
    # Nothing else comes for these: when the database goes away meanwhile, they are tried again.
    retry=RetryStrategy(max_attempts=100, wait=5),
)
def mail_notices(pairs: list[list[int]]) -> None:
    """Queue a mail for each agent (first number) about a line of a ticket's log (second)."""
    actions.queue_notifications([(agent, event) for agent, event in pairs], at=now())


@app.periodic(cron="* * * * *")
@app.task(queue=waking.QUEUE, queueing_lock="mail-sweep", pass_context=False)
def sweep(timestamp: int) -> None:
    """Come for mail whose job was lost with the process that would have deferred it."""
    actions.defer_one(actions.DRAIN)
    actions.defer_one(actions.SEND)

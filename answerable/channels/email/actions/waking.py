"""Makes sure that somebody comes for waiting mail soon after it was stored or queued.

The job is deferred once the transaction has committed, so a run that is about to start cannot
miss the mail, and one waiting job is enough for any number of mails. Should this process die in
between, the sweeper comes for them within a minute.

Jobs are deferred on the connection of the thread. A worker's own way to its jobs is bound to
its event loop, and stands still with it when the database was away.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

DRAIN = "answerable.channels.email.jobs.drain_mail"
SEND = "answerable.channels.email.jobs.send_mail"
REPLAY = "answerable.channels.email.jobs.replay_mails"
QUEUE = "mail"
# Replies go out before mail comes in: a promise may wait for one.
PRIORITY = {DRAIN: 5, SEND: 10, REPLAY: 0}


def wake(task: str) -> None:
    """Have a task run once this transaction is committed, unless a run already waits.

    Should that fail, what was committed stays done, and the sweeper comes.
    """
    transaction.on_commit(lambda: defer_one(task), robust=True)


def defer_one(task: str, *, at: datetime | None = None) -> None:
    """Defer a run now, or for an instant, unless one already waits for the same."""
    _defer(task, task if at is None else f"{task} later", at, {})


def defer_replay(number: int) -> None:
    """Have a replay go on, unless a run already waits to."""
    _defer(REPLAY, f"{REPLAY} {number}", None, {"number": number})


def _defer(task: str, lock: str, at: datetime | None, given: dict[str, int]) -> None:
    if ProcrastinateJob.objects.filter(queueing_lock=lock, status="todo").exists():
        return
    job = configure_task(
        name=task,
        job_manager=JobManager(DjangoConnector()),
        queue=QUEUE,
        queueing_lock=lock,
        priority=PRIORITY[task],
        schedule_at=at,
    )
    try:
        with transaction.atomic():
            job.defer(**given)
    except AlreadyEnqueued:
        return

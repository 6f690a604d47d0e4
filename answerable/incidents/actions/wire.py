"""Makes sure that somebody goes on with what an incident has to say to many.

The job is deferred once the transaction has committed; should this process die in between, the
sweep comes within a minute.
"""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

SEND_BULK = "answerable.incidents.jobs.send_bulk"
TELL = "answerable.incidents.jobs.tell_followers"
QUEUE = "house"


def wake(task: str, number: int, *, at: datetime | None = None) -> None:
    """Have a task run for a row once this is committed, or at an instant after that."""
    transaction.on_commit(lambda: defer_one(task, number, at=at), robust=True)


def defer_one(task: str, number: int, *, at: datetime | None = None) -> None:
    """Defer a run for a row, unless one waits already."""
    lock = f"{task} {number}" if at is None else f"{task} {number} later"
    if ProcrastinateJob.objects.filter(queueing_lock=lock, status="todo").exists():
        return
    job = configure_task(
        name=task,
        job_manager=JobManager(DjangoConnector()),
        queue=QUEUE,
        queueing_lock=lock,
        schedule_at=at,
    )
    try:
        with transaction.atomic():
            job.defer(number=number)
    except AlreadyEnqueued:
        return

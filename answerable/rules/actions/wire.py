"""Makes sure that somebody goes on with trying rules."""

from __future__ import annotations

from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

TRY = "answerable.rules.jobs.try_rules"
QUEUE = "house"


def wake_trial(number: int) -> None:
    """Have a trial go on once this is committed. Should this process die in between, the
    sweep comes within a minute."""
    transaction.on_commit(lambda: defer_trial(number), robust=True)


def defer_trial(number: int) -> None:
    """Defer a run for a trial, unless one waits already."""
    job = configure_task(
        name=TRY,
        job_manager=JobManager(DjangoConnector()),
        queue=QUEUE,
        queueing_lock=f"{TRY} {number}",
    )
    try:
        with transaction.atomic():
            job.defer(number=number)
    except AlreadyEnqueued:
        return

"""What the scanner has to say before a file is handed out, and having it look soon.

ClamAV is asked by its daemon's socket (clamd.py), in a job: whoever sends a file never waits.
"""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django.django_connector import DjangoConnector
from procrastinate.exceptions import AlreadyEnqueued
from procrastinate.manager import JobManager
from procrastinate.tasks import configure_task

from answerable.files.models import StoredFile

SCAN = "answerable.files.jobs.scan"
QUEUE = "house"
INFECTED, UNCHECKED = "infected", "unchecked"


def held_back(file: StoredFile) -> str:
    """Return why a file is not handed out: "infected", "unchecked", or nothing.

    One that the scanner has not seen waits for it, unless an operator chose to warn instead.
    """
    if file.is_infected:
        return INFECTED
    waits = settings.ANSWERABLE_CLAMAV and settings.ANSWERABLE_CLAMAV_AWAY == "wait"
    return UNCHECKED if waits and is_unchecked(file) else ""


def is_unchecked(file: StoredFile) -> bool:
    """Say whether there is a scanner, and it has not seen this file."""
    return bool(settings.ANSWERABLE_CLAMAV) and file.verdict == file.Verdict.UNCHECKED


def wake_scanner() -> None:
    """Have new files looked at once this transaction is committed, if there is a scanner."""
    if settings.ANSWERABLE_CLAMAV:
        transaction.on_commit(_defer, robust=True)


def _defer() -> None:
    job = configure_task(
        name=SCAN, job_manager=JobManager(DjangoConnector()), queue=QUEUE, queueing_lock=SCAN
    )
    try:
        with transaction.atomic():
            job.defer()
    except AlreadyEnqueued:
        return

"""What happens later to the queue."""

from __future__ import annotations

from contextlib import suppress

from django.db import transaction
from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob
from procrastinate.exceptions import AlreadyEnqueued

from answerable.routing.actions import fold_tally
from answerable.routing.actions.bulking import go_on
from answerable.routing.models import Bulk

RETRIES = RetryStrategy(max_attempts=10, wait=5)


@app.periodic(cron="* * * * *")
@app.task(queue="house", queueing_lock="routing-tally", pass_context=False)
def fold_counts(timestamp: int) -> None:
    """Add up what was counted in the last minute."""
    fold_tally(at=now())


@app.task(queue="house", retry=RETRIES)
def go_on_with_bulk(bulk: int) -> None:
    """Do to the next of many tickets what was begun; after a death it goes on where it was."""
    begun = Bulk.objects.select_related("agent", "undo").get(pk=bulk)
    if begun.ended_at is None and not go_on(begun, at=now()):
        defer_bulk(bulk)


def defer_bulk(number: int) -> None:
    """Have somebody go on with what is done to many, unless somebody is to already. One job
    does so at a time."""
    lock = f"bulk {number}"
    if ProcrastinateJob.objects.filter(queueing_lock=lock, status="todo").exists():
        return
    with suppress(AlreadyEnqueued), transaction.atomic():
        go_on_with_bulk.configure(lock=lock, queueing_lock=lock).defer(bulk=number)


@app.periodic(cron="* * * * *")
@app.task(queue="house", queueing_lock="routing-bulks", pass_context=False)
def sweep_bulks(timestamp: int) -> None:
    """Go on with what somebody died over before they could leave it to a job."""
    for number in (
        Bulk.objects.filter(ended_at=None).order_by("pk").values_list("pk", flat=True)
    ):
        defer_bulk(number)

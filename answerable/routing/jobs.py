"""What happens later to the queue."""

from __future__ import annotations

from django.utils.timezone import now
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app

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
    """Do to the rest of many tickets what was begun; after a death it goes on where it was."""
    begun = Bulk.objects.select_related("agent", "undo").get(pk=bulk)
    while begun.ended_at is None and not go_on(begun, at=now()):
        pass

"""Forgets runs of rules that are older than they are to be kept."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.rules.models import Run, Trial

AT_ONCE = 5_000
TRIALS_DAYS = 30


def forget_runs(*, at: datetime, days: int) -> int:
    """Forget the runs of more than so many days ago, and old trials; return how many runs.

    What rules did stands in the logs of tickets all the same. An occasion of time may be older:
    the run that keeps it from coming back is kept as long as its ticket is open.
    """
    old = Run.objects.filter(at__lt=at - timedelta(days=days))
    over = old.exclude(occasion__startswith="t", ticket__queue_entry__isnull=False)
    numbers = list(over.order_by("pk").values_list("pk", flat=True)[:AT_ONCE])
    Run.objects.filter(pk__in=numbers).delete()
    Trial.objects.filter(asked_at__lt=at - timedelta(days=TRIALS_DAYS)).delete()
    return len(numbers)

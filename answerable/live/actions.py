"""Forgets changes that no page will ask for again."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.live.models import LiveEvent

KEPT = timedelta(hours=24)


def prune(*, at: datetime) -> int:
    """Delete changes older than a day, and return how many; a page so old loads anew."""
    return LiveEvent.objects.filter(at__lt=at - KEPT).delete()[0]

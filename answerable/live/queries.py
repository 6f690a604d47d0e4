"""What a page missed while it was away."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Max

from answerable.live.models import LiveEvent

# A transaction that began before a later number was given may commit after it. Going back this
# far finds it; a page that is told twice fetches twice and shows the same.
OVERLAP = timedelta(seconds=30)


def missed_topics(after: int, topics: Collection[str]) -> list[tuple[int, str]] | None:
    """Return the topics that changed since a number, each with the number of its last change.

    None when the number is forgotten. What the page was told of lately is among them.
    """
    last = LiveEvent.objects.filter(pk=after).values_list("at", flat=True).first()
    if last is None:
        return None
    rows = LiveEvent.objects.filter(at__gte=last - OVERLAP, topic__in=topics).exclude(pk=after)
    newest = rows.values_list("topic").annotate(newest=Max("pk"))
    return sorted((pk, topic) for topic, pk in newest)


def newest_number() -> int:
    """Return the number of the last change, 0 when there is none."""
    return LiveEvent.objects.order_by("-pk").values_list("pk", flat=True).first() or 0

"""What open pages can be told: that a topic changed. Never what changed."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from answerable.live.models import LiveEvent

CHANNEL = "answerable_live"


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that pages show has changed; they fetch it again."""

    topic: str


def publish(*events: Changed) -> None:
    """Tell open pages of changes once this transaction is committed.

    The row and the notice are part of the caller's transaction, so a page can be told neither
    too early nor of something that was rolled back.
    """
    topics = dict.fromkeys(event.topic for event in events)
    rows = LiveEvent.objects.bulk_create(LiveEvent(topic=topic) for topic in topics)
    notices = [f"{row.pk} {row.topic}" for row in rows]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_notify(%s, notice) FROM unnest(%s::text[]) AS notice", [CHANNEL, notices]
        )

"""What open pages can be told: that a topic changed. Never what changed."""

from __future__ import annotations

from dataclasses import dataclass

from answerable.lib.ready import run

CHANNEL = "answerable_live"

# One statement, since every action runs it. A row's time is the database's default.
PUBLISH = """
WITH changed AS (
    INSERT INTO live_liveevent (topic) SELECT unnest(%(topics)s::text[])
    RETURNING id, topic
)
SELECT pg_notify(%(channel)s, id || ' ' || topic) FROM changed
"""


@dataclass(frozen=True, slots=True)
class Changed:
    """Something that pages show has changed; they fetch it again."""

    topic: str


def publish(*events: Changed) -> None:
    """Tell open pages of changes once this transaction is committed.

    The row and the notice are part of the caller's transaction, so a page can be told neither
    too early nor of something that was rolled back.
    """
    topics = list(dict.fromkeys(event.topic for event in events))
    if topics:
        run(PUBLISH, {"topics": topics, "channel": CHANNEL})

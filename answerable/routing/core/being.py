"""Whether an agent is there, by what their pages say: they beat, are closed, or fall silent.
Pure.

Nothing is inferred from how somebody moves their mouse (ux.md 8.12).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

BEAT = timedelta(seconds=15)
# Three beats that did not come: the connection is lost, and offers stop.
LOST_AFTER = 3 * BEAT
# A page that is loaded anew is closed for a moment: nobody is offline for that.
OFFLINE_AFTER = timedelta(seconds=60)
# Work with a running promise goes back to the queue.
GIVES_BACK_AFTER = timedelta(minutes=2)
# Who misses this many offers in this time is offered nothing until they say that they are back.
MOST_MISSED = 2
MISSED_WITHIN = timedelta(minutes=10)


class Standing(StrEnum):
    """How an agent stands over all channels."""

    AVAILABLE = "available"
    FINISHING = "finishing"
    AWAY = "away"
    OFFLINE = "offline"
    ON_CALL = "on_call"
    LOST = "lost"


@dataclass(frozen=True, slots=True)
class Heard:
    """What is known of an agent's pages: what they chose, when a page was last heard, whether
    one is open, and since when none is heard although none was closed."""

    status: str
    heard_at: datetime | None
    has_page: bool
    lost_at: datetime | None = None
    in_call: bool = False


def standing(heard: Heard, at: datetime) -> Standing:
    """Return how an agent stands at an instant."""
    if heard.lost_at is not None or is_lost(heard, at):
        return Standing.LOST
    if heard.heard_at is None or is_gone(heard, at):
        return Standing.OFFLINE
    if heard.in_call and heard.status != Standing.OFFLINE:
        return Standing.ON_CALL
    return Standing(heard.status)


def is_lost(heard: Heard, at: datetime) -> bool:
    """Say whether pages are open and none of them was heard for three beats."""
    return heard.has_page and heard.heard_at is not None and at - heard.heard_at > LOST_AFTER


def is_gone(heard: Heard, at: datetime) -> bool:
    """Say whether the last page was closed, and none was opened for a minute."""
    closed = not heard.has_page and heard.heard_at is not None
    return closed and heard.heard_at is not None and at - heard.heard_at >= OFFLINE_AFTER

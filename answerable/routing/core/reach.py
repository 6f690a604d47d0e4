"""Whether agents' pages could be heard at all, before anybody concludes that somebody is gone.

While the web processes are away, or the way to them is, nobody can beat: then silence says
nothing about anybody. Pure.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from answerable.routing.core.being import BEAT, GIVES_BACK_AFTER, OFFLINE_AFTER

# Two beats of nobody; a process says every ten seconds that it lives.
SILENT_AFTER = 2 * BEAT
# All fell silent at once: the way to us is broken, or they all went. After this they did.
PATIENCE = timedelta(minutes=10)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signs:
    """What shows that pages can be heard: the newest beat of anybody, how many agents have
    pages open as far as we know, and when a web process was last heard of (None: nobody
    looked)."""

    beat_at: datetime | None
    there: int
    web_at: datetime | None


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom we reach: since when pages can be heard without a break, as far as is known; None:
    not now."""

    since: datetime | None = None

    def after(self, signs: Signs, at: datetime) -> Reach:
        """Return how it stands at an instant, by the signs that there are."""
        if not can_be_heard(signs, at):
            return Reach()
        return self if self.since is not None else Reach(at)


ALWAYS = Reach(datetime.min.replace(tzinfo=UTC))


def can_be_heard(signs: Signs, at: datetime) -> bool:
    """Say whether pages can be heard: somebody's is, or a web process lives and there is only
    one agent, whose silence is their own, or all have been silent for long."""
    if _is_fresh(signs.beat_at, at):
        return True
    if not _is_fresh(signs.web_at, at):
        return False
    return signs.there <= 1 or signs.beat_at is None or at - signs.beat_at > PATIENCE


def is_given_up(lost_at: datetime, reach: Reach, at: datetime) -> bool:
    """Say whether somebody who was last heard at an instant is not waited for any more: they
    could have been heard for two minutes since."""
    return _heard_nothing_for(lost_at, reach, at) > GIVES_BACK_AFTER


def has_closed(closed_at: datetime, reach: Reach, at: datetime) -> bool:
    """Say whether somebody who closed their last page is offline: a new one could have been
    heard for a minute since."""
    return _heard_nothing_for(closed_at, reach, at) > OFFLINE_AFTER


def _heard_nothing_for(last: datetime, reach: Reach, at: datetime) -> timedelta:
    if reach.since is None:
        return timedelta(0)
    return at - max(last, reach.since)


def _is_fresh(sign_at: datetime | None, at: datetime) -> bool:
    return sign_at is not None and at - sign_at <= SILENT_AFTER

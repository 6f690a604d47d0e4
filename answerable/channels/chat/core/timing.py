"""What happens to a chat by itself, and when: a chat that nobody takes, in which nobody says
anything, or whose customer has gone. Pure.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum


class Step(StrEnum):
    """What happens next. Of two at one instant the first one here does."""

    CLOSED = "closed"  # nobody came before chats ended for the day
    UNANSWERED = "unanswered"  # nobody came in time
    ABANDONED = "abandoned"  # the customer left before anybody came
    MAIL = "mail"  # what the customer has not seen goes by mail
    GONE = "gone"  # the customer left, and has not come back
    WARN = "warn"  # the customer is told that it will go on by mail
    IDLE = "idle"  # the customer said nothing any more


ORDER = tuple(Step)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """The times of a plan's chats that this module reads; docs/plans.md says what each does."""

    expected_wait: timedelta
    unanswered_after: timedelta
    abandoned_after: timedelta
    warn_after: timedelta
    idle_after: timedelta
    mail_after: timedelta
    gone_after: timedelta


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How a chat stands. `waits_since`: since when the customer waits for somebody to come,
    None while somebody is there; `was_taken`: somebody came before. `silent_since`: since when
    we wait for the customer to say something, None while they wait for us. `unseen_at`: when
    the newest line was said that a customer who has left has neither seen nor been mailed.
    """

    waits_since: datetime | None = None
    was_taken: bool = False
    expected: timedelta | None = None
    closes_at: datetime | None = None
    silent_since: datetime | None = None
    warned_at: datetime | None = None
    left_at: datetime | None = None
    unseen_at: datetime | None = None


def next_step(standing: Standing, rules: Rules) -> tuple[datetime, Step] | None:
    """Return what happens next by itself, and at which instant; None for nothing."""
    steps = [*_waiting(standing, rules), *_away(standing, rules), *_silent(standing, rules)]
    return min(steps, key=lambda one: (one[0], ORDER.index(one[1])), default=None)


def _waiting(standing: Standing, rules: Rules) -> Iterator[tuple[datetime, Step]]:
    """Yield how a wait ends: not before the time that the customer was told is over."""
    if standing.waits_since is None:
        return
    expected = rules.expected_wait if standing.expected is None else standing.expected
    yield standing.waits_since + expected + rules.unanswered_after, Step.UNANSWERED
    if standing.closes_at is not None:
        yield standing.closes_at, Step.CLOSED
    if standing.left_at is not None and not standing.was_taken:
        yield standing.left_at + rules.abandoned_after, Step.ABANDONED


def _away(standing: Standing, rules: Rules) -> Iterator[tuple[datetime, Step]]:
    if standing.left_at is None:
        return
    if standing.unseen_at is not None:
        yield max(standing.left_at, standing.unseen_at) + rules.mail_after, Step.MAIL
    if standing.was_taken:
        yield standing.left_at + rules.gone_after, Step.GONE


def _silent(standing: Standing, rules: Rules) -> Iterator[tuple[datetime, Step]]:
    """Yield the warning, then the end: as long after the warning as the rules have it, however
    late the warning was."""
    if standing.silent_since is None or standing.waits_since is not None:
        return
    if standing.warned_at is None:
        yield standing.silent_since + rules.warn_after, Step.WARN
        return
    rest = rules.idle_after - rules.warn_after
    yield max(standing.silent_since + rules.idle_after, standing.warned_at + rest), Step.IDLE

"""When the promise on somebody's own ticket is soon, at risk, under five minutes, and when the
next person is told. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from answerable.notices.core.levels import Kind

SOON = timedelta(minutes=10)
SOON_SHARE = 5  # a fifth of the promise
# Of a promise of thirty minutes the last five and the last four; of shorter ones their share.
HURRY, HURRY_SHARE = timedelta(minutes=5), 1 / 6
NEXT, NEXT_SHARE = timedelta(minutes=4), 2 / 15
# What is promised within less than this rings by itself: chats, and calls.
SHORTEST = timedelta(minutes=5)


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise on a ticket: when it started, when work must begin, and when it is due."""

    started_at: datetime
    act_by: datetime
    due_at: datetime


def stage(promise: Promise, at: datetime) -> Kind | None:
    """Return the most urgent of SOON, RISK, HURRY and NEXT that has come; None before, once it
    is due, and for what is promised within less than five minutes."""
    length = promise.due_at - promise.started_at
    left = promise.due_at - at
    if length < SHORTEST or left <= timedelta(0) or at < promise.started_at:
        return None
    if left <= min(NEXT, length * NEXT_SHARE):
        return Kind.NEXT
    if left <= min(HURRY, length * HURRY_SHARE):
        return Kind.HURRY
    if at > promise.act_by:
        return Kind.RISK
    return Kind.SOON if at > promise.act_by - max(SOON, length / SOON_SHARE) else None

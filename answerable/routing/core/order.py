"""How urgent a ticket is: slack, and the state of a clock in words of ux.md 3.3. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

SOON = timedelta(minutes=10)
SOON_SHARE = 5  # a fifth of the promise
AIM_RISES = 0.8  # after this share of an aim it sorts as soon


class State(StrEnum):
    """How a running clock stands."""

    LATE = "late"
    AT_RISK = "at_risk"
    SOON = "soon"
    ON_TRACK = "on_track"
    NOT_STARTED = "not_started"
    AIM = "aim"


@dataclass(frozen=True, slots=True)
class Running:
    """A clock that runs: when it started, is due, and when work must begin at the latest."""

    started_at: datetime
    due_at: datetime
    act_by: datetime
    is_aim: bool = False


def state_of(clock: Running, at: datetime) -> State:
    """Return how a clock stands: late, at risk, soon, on track, not started, or an aim."""
    if clock.is_aim:
        return State.AIM
    if at > clock.due_at:
        return State.LATE
    if at < clock.started_at:
        return State.NOT_STARTED
    if at > clock.act_by:
        return State.AT_RISK
    return State.SOON if at > _soon_from(clock) else State.ON_TRACK


def turns_at(clock: Running, at: datetime) -> datetime | None:
    """Return when the state of a clock changes next, or None when it stays as it is."""
    if clock.is_aim:
        return None
    turns = (clock.started_at, _soon_from(clock), clock.act_by, clock.due_at)
    return min((turn for turn in turns if turn >= at), default=None)


def _soon_from(clock: Running) -> datetime:
    share = (clock.due_at - clock.started_at) / SOON_SHARE
    return clock.act_by - max(SOON, share)


def act_by(due_at: datetime, handling: timedelta) -> datetime:
    """Return when work must begin: the due time less what a reply of this kind takes."""
    return due_at - handling


def rises_at(started_at: datetime, due_at: datetime) -> datetime:
    """Return when an aim begins to sort as soon: after four fifths of it."""
    return started_at + (due_at - started_at) * AIM_RISES

"""When a call from browser to browser is over though nobody ended it. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# A page says that it is there every few seconds; the line may be down for some of them.
FRESH = timedelta(seconds=15)
GONE = timedelta(seconds=60)
RINGS_AT_LEAST = timedelta(seconds=20)
FINDS_A_WAY = timedelta(seconds=60)

AGENT_GONE = "The agent's page was closed."
CONTACT_GONE = "The customer's page was closed."
NO_WAY = "The two browsers found no way to each other."


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """How a call stands: since when it rings, whether people talked, who was heard of when."""

    dialled_at: datetime
    is_connected: bool
    has_joined: bool  # the contact took it
    agent_heard_at: datetime | None
    contact_heard_at: datetime | None
    rings: timedelta = RINGS_AT_LEAST


def over(stand: Stand, at: datetime) -> tuple[str, str] | None:
    """Return an outcome (voice.models.Call.Outcome) and why, or None while the call goes on."""
    spoke = "connected" if stand.is_connected else "failed"
    if is_gone(stand.agent_heard_at or stand.dialled_at, at):
        return spoke, AGENT_GONE
    if not stand.is_connected:
        return _never_began(stand, at)
    if is_gone(stand.contact_heard_at or stand.dialled_at, at):
        return spoke, CONTACT_GONE
    return None


def _never_began(stand: Stand, at: datetime) -> tuple[str, str] | None:
    rung = at - stand.dialled_at
    if not stand.has_joined:
        return ("no_answer", "") if rung >= stand.rings else None
    return ("failed", NO_WAY) if rung >= stand.rings + FINDS_A_WAY else None


def rings_for(seconds: int) -> timedelta:
    """Return for how long it rings: what the plan says of an attempt, in seconds, and long
    enough for somebody to find their page."""
    return max(timedelta(seconds=seconds), RINGS_AT_LEAST)


def is_gone(heard_at: datetime, at: datetime) -> bool:
    """Say whether somebody was last heard of so long ago that they do not come back."""
    return at - heard_at >= GONE


def is_here(heard_at: datetime | None, at: datetime) -> bool:
    """Say whether somebody's page is open, as far as we know."""
    return heard_at is not None and at - heard_at < FRESH

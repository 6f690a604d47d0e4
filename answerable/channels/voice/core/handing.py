"""For how long a call that is handed on rings, and how long we wait for who comes. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

# One offer rings for half a minute; a team is asked one after the other.
RINGS_AT_ONE = timedelta(seconds=40)
RINGS_AT_TEAM = timedelta(seconds=100)
# A telephone rings, or a browser asks for the microphone.
COMES_WITHIN = timedelta(seconds=45)
LONGEST_SENTENCE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Rings:
    """A call that is handed on: since when, whether to one person, and when it was taken."""

    asked_at: datetime
    to_one: bool
    taken_at: datetime | None = None


def ends_at(rings: Rings) -> datetime:
    """Return when nobody is waited for any more, and the call stays where it is."""
    if rings.taken_at is not None:
        return rings.taken_at + COMES_WITHIN
    return rings.asked_at + (RINGS_AT_ONE if rings.to_one else RINGS_AT_TEAM)

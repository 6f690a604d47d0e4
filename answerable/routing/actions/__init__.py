"""Keeps the queue in order, and tells people."""

from __future__ import annotations

from answerable.routing.actions.placing import place_all
from answerable.routing.actions.shifting import shift_all
from answerable.routing.actions.telling import (
    mark_seen,
    tell_of_appeals,
    tell_of_claims,
    tell_of_doubts,
    tell_of_escalations,
    tell_of_looks,
    tell_of_misses,
    tell_of_parked_replies,
    tell_of_returns,
    tell_of_summaries,
    tell_of_unverified,
)

__all__ = [
    "mark_seen",
    "place_all",
    "shift_all",
    "tell_of_appeals",
    "tell_of_claims",
    "tell_of_doubts",
    "tell_of_escalations",
    "tell_of_looks",
    "tell_of_misses",
    "tell_of_parked_replies",
    "tell_of_returns",
    "tell_of_summaries",
    "tell_of_unverified",
]

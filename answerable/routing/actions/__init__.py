"""Keeps the queue in order, tells people, and offers them what waits."""

from __future__ import annotations

from answerable.routing.actions.being import NOWHERE, On, closed, heard, set_status
from answerable.routing.actions.handing import end_vain_transfers
from answerable.routing.actions.losing import note_gone, note_lost
from answerable.routing.actions.offering import OfferOver, accept_offer, decline_offer
from answerable.routing.actions.placing import place_all
from answerable.routing.actions.ringing import make_offers, miss_offers, withdraw_gone
from answerable.routing.actions.serving import busy_with, pass_over, release, serve_next
from answerable.routing.actions.shifting import shift_all
from answerable.routing.actions.tallying import fold_tally, tally_anew
from answerable.routing.actions.telling import (
    mark_seen,
    tell_of_answers,
    tell_of_appeals,
    tell_of_claims,
    tell_of_doubts,
    tell_of_escalations,
    tell_of_looks,
    tell_of_mentions,
    tell_of_misses,
    tell_of_nobody,
    tell_of_parked_replies,
    tell_of_prepared,
    tell_of_returns,
    tell_of_rules,
    tell_of_side_answers,
    tell_of_summaries,
    tell_of_unverified,
)
from answerable.routing.actions.wire import wake_routing

__all__ = [
    "NOWHERE",
    "OfferOver",
    "On",
    "accept_offer",
    "busy_with",
    "closed",
    "decline_offer",
    "end_vain_transfers",
    "fold_tally",
    "heard",
    "make_offers",
    "mark_seen",
    "miss_offers",
    "note_gone",
    "note_lost",
    "pass_over",
    "place_all",
    "release",
    "serve_next",
    "set_status",
    "shift_all",
    "tally_anew",
    "tell_of_answers",
    "tell_of_appeals",
    "tell_of_claims",
    "tell_of_doubts",
    "tell_of_escalations",
    "tell_of_looks",
    "tell_of_mentions",
    "tell_of_misses",
    "tell_of_nobody",
    "tell_of_parked_replies",
    "tell_of_prepared",
    "tell_of_returns",
    "tell_of_rules",
    "tell_of_side_answers",
    "tell_of_summaries",
    "tell_of_unverified",
    "wake_routing",
    "withdraw_gone",
]

"""Everything that writes clocks. Each change of a clock is a line in its ledger.

Nothing else writes clocks, decisions, ladders, or what excuses a miss.
"""

from __future__ import annotations

from answerable.sla.actions.excusing import (
    AlreadyExcused,
    EvidenceMissing,
    NoAppeal,
    NoSuchException,
    NotMissed,
    NotYours,
    appeal,
    comment_on_miss,
    decide_appeal,
    end_excuses,
    excuse_miss,
    may_decide,
    may_excuse,
)
from answerable.sla.actions.keeping import answer_clock, meet_triage, take_back
from answerable.sla.actions.promising import decide_promises
from answerable.sla.actions.retargeting import retarget
from answerable.sla.actions.waking import stop_ladder, wake_due

__all__ = [
    "AlreadyExcused",
    "EvidenceMissing",
    "NoAppeal",
    "NoSuchException",
    "NotMissed",
    "NotYours",
    "answer_clock",
    "appeal",
    "comment_on_miss",
    "decide_appeal",
    "decide_promises",
    "end_excuses",
    "excuse_miss",
    "may_decide",
    "may_excuse",
    "meet_triage",
    "retarget",
    "stop_ladder",
    "take_back",
    "wake_due",
]

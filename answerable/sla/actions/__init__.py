"""Everything that writes clocks. Each change of a clock is a line in its ledger.

Nothing else writes clocks, decisions or ladders.
"""

from __future__ import annotations

from answerable.sla.actions.keeping import answer_clock, meet_triage, take_back
from answerable.sla.actions.promising import decide_promises
from answerable.sla.actions.publishing import publish, publish_draft, publish_text
from answerable.sla.actions.retargeting import retarget
from answerable.sla.actions.waking import resume_ladder, stop_ladder, wake_due

__all__ = [
    "answer_clock",
    "decide_promises",
    "meet_triage",
    "publish",
    "publish_draft",
    "publish_text",
    "resume_ladder",
    "retarget",
    "stop_ladder",
    "take_back",
    "wake_due",
]

"""Everything that writes clocks. Each change of a clock is a line in its ledger.

Nothing else writes clocks, decisions or ladders.
"""

from __future__ import annotations

from answerable.sla.actions.following import follow
from answerable.sla.actions.promising import decide_promises
from answerable.sla.actions.publishing import publish, publish_text
from answerable.sla.actions.waking import resume_ladder, stop_ladder, wake_due

__all__ = [
    "decide_promises",
    "follow",
    "publish",
    "publish_text",
    "resume_ladder",
    "stop_ladder",
    "wake_due",
]

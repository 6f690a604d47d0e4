"""Everything that writes clocks. Each change of a clock is a line in its ledger.

Nothing else writes clocks, decisions, ladders, or what excuses a miss.
"""

from __future__ import annotations

from answerable.sla.actions.belonging import change_customer
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
from answerable.sla.actions.following import follow
from answerable.sla.actions.looking import Answer, look_again
from answerable.sla.actions.looking_back import (
    DoneBefore,
    ask_post_mortems,
    drop_post_mortems,
    hand_post_mortem,
    write_post_mortem,
)
from answerable.sla.actions.moving import ask_to_move, move_open_tickets
from answerable.sla.actions.promising import decide_promises
from answerable.sla.actions.publishing import publish, publish_draft, publish_text
from answerable.sla.actions.reclassifying import NotAllowed, correct_facts, reclassify
from answerable.sla.actions.silencing import break_silences, follow_silence
from answerable.sla.actions.updating import (
    CannotPromise,
    call_off_update,
    leave_unpromised,
    may_promise,
    promise_update,
)
from answerable.sla.actions.waking import resume_ladder, stop_ladder, wake_due

__all__ = [
    "AlreadyExcused",
    "Answer",
    "CannotPromise",
    "DoneBefore",
    "EvidenceMissing",
    "NoAppeal",
    "NoSuchException",
    "NotAllowed",
    "NotMissed",
    "NotYours",
    "appeal",
    "ask_post_mortems",
    "ask_to_move",
    "break_silences",
    "call_off_update",
    "change_customer",
    "comment_on_miss",
    "correct_facts",
    "decide_appeal",
    "decide_promises",
    "drop_post_mortems",
    "end_excuses",
    "excuse_miss",
    "follow",
    "follow_silence",
    "hand_post_mortem",
    "leave_unpromised",
    "look_again",
    "may_decide",
    "may_excuse",
    "may_promise",
    "move_open_tickets",
    "promise_update",
    "publish",
    "publish_draft",
    "publish_text",
    "reclassify",
    "resume_ladder",
    "stop_ladder",
    "wake_due",
    "write_post_mortem",
]

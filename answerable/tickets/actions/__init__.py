"""Everything that happens to a ticket.

Each action holds the ticket's row, so that two at once happen one after the other, and each is
a line in the log.
"""

from __future__ import annotations

from answerable.tickets.actions.asking import (
    NothingToAnswer,
    answer_another_look,
    ask_for_another_look,
    dismiss,
    give_workaround,
    hand_over,
    is_look_open,
)
from answerable.tickets.actions.attaching import Came, Part, attach_parts, attach_waiting
from answerable.tickets.actions.callbacks import (
    CallOpen,
    CallOver,
    Wanted,
    attempt_callback,
    begin_callbacks,
    call_now,
    cancel_callback,
    change_callback,
    request_callback,
)
from answerable.tickets.actions.calls import (
    Attempt,
    NotConnected,
    Result,
    ask_for_call,
    ask_for_chat,
    leave_chat,
    pick_up_chat,
    record_call_attempt,
)
from answerable.tickets.actions.claims import (
    AlreadyDecided,
    ClaimMade,
    Impact,
    change_claim,
    confirm_claim,
    make_claim,
    uphold_claim,
)
from answerable.tickets.actions.drafts import park_reply, save_draft
from answerable.tickets.actions.endorsing import (
    NotAsked,
    ask_to_endorse,
    decline_to_endorse,
    endorse,
)
from answerable.tickets.actions.facts import About, correct_facts, settle
from answerable.tickets.actions.grace import HasLeft, leave, leave_at_once, take_back
from answerable.tickets.actions.held import (
    LONGEST,
    Empty,
    OtherCustomer,
    ReasonMissing,
    TooLong,
)
from answerable.tickets.actions.holds import (
    CannotHold,
    UntilMissing,
    end_hold,
    end_holds,
    put_on_hold,
)
from answerable.tickets.actions.merging import (
    CannotMerge,
    CannotSplit,
    merge,
    split,
    unmerge,
)
from answerable.tickets.actions.messages import (
    Answer,
    NewerMessages,
    Sort,
    add_message,
    add_note,
    answer,
    mark_delayed,
    mark_delivered,
    mark_undelivered,
    send,
)
from answerable.tickets.actions.opening import (
    Opening,
    Sender,
    open_ticket,
    open_tickets,
    write_first,
)
from answerable.tickets.actions.participants import (
    Copied,
    add_participants,
    keep_participant,
)
from answerable.tickets.actions.privacy import (
    NotTheirs,
    TooManyNamed,
    make_private,
    name_participant,
    unname_participant,
)
from answerable.tickets.actions.rating import Said, rate
from answerable.tickets.actions.remembering import Past, remember
from answerable.tickets.actions.rules import RuleThere, TooManyRules, add_rule, end_rule
from answerable.tickets.actions.severity import set_severity
from answerable.tickets.actions.state import (
    TakenByOther,
    admit,
    assign,
    give_back,
    keep_reopenable,
    reopen,
    resolve,
    take,
)

__all__ = [
    "LONGEST",
    "About",
    "AlreadyDecided",
    "Answer",
    "Attempt",
    "CallOpen",
    "CallOver",
    "Came",
    "CannotHold",
    "CannotMerge",
    "CannotSplit",
    "ClaimMade",
    "Copied",
    "Empty",
    "HasLeft",
    "Impact",
    "NewerMessages",
    "NotAsked",
    "NotConnected",
    "NotTheirs",
    "NothingToAnswer",
    "Opening",
    "OtherCustomer",
    "Part",
    "Past",
    "ReasonMissing",
    "Result",
    "RuleThere",
    "Said",
    "Sender",
    "Sort",
    "TakenByOther",
    "TooLong",
    "TooManyNamed",
    "TooManyRules",
    "UntilMissing",
    "Wanted",
    "add_message",
    "add_note",
    "add_participants",
    "add_rule",
    "admit",
    "answer",
    "answer_another_look",
    "ask_for_another_look",
    "ask_for_call",
    "ask_for_chat",
    "ask_to_endorse",
    "assign",
    "attach_parts",
    "attach_waiting",
    "attempt_callback",
    "begin_callbacks",
    "call_now",
    "cancel_callback",
    "change_callback",
    "change_claim",
    "confirm_claim",
    "correct_facts",
    "decline_to_endorse",
    "dismiss",
    "end_hold",
    "end_holds",
    "end_rule",
    "endorse",
    "give_back",
    "give_workaround",
    "hand_over",
    "is_look_open",
    "keep_participant",
    "keep_reopenable",
    "leave",
    "leave_at_once",
    "leave_chat",
    "make_claim",
    "make_private",
    "mark_delayed",
    "mark_delivered",
    "mark_undelivered",
    "merge",
    "name_participant",
    "open_ticket",
    "open_tickets",
    "park_reply",
    "pick_up_chat",
    "put_on_hold",
    "rate",
    "record_call_attempt",
    "remember",
    "reopen",
    "request_callback",
    "resolve",
    "save_draft",
    "send",
    "set_severity",
    "settle",
    "split",
    "take",
    "take_back",
    "unmerge",
    "unname_participant",
    "uphold_claim",
    "write_first",
]

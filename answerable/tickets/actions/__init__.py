"""Everything that happens to a ticket.

Each action holds the ticket's row, so that two at once happen one after the other, and each is
a line in the log.
"""

from __future__ import annotations

from answerable.tickets.actions.claims import AlreadyDecided, change_claim, confirm_claim
from answerable.tickets.actions.drafts import save_draft
from answerable.tickets.actions.held import LONGEST, Empty, TooLong
from answerable.tickets.actions.messages import (
    NewerMessages,
    add_message,
    add_note,
    answer,
    mark_delivered,
    mark_undelivered,
)
from answerable.tickets.actions.opening import (
    Impact,
    Opening,
    Sender,
    open_ticket,
    open_tickets,
)
from answerable.tickets.actions.state import (
    ReasonMissing,
    TakenByOther,
    admit,
    assign,
    reopen,
    resolve,
    take,
)

__all__ = [
    "LONGEST",
    "AlreadyDecided",
    "Empty",
    "Impact",
    "NewerMessages",
    "Opening",
    "ReasonMissing",
    "Sender",
    "TakenByOther",
    "TooLong",
    "add_message",
    "add_note",
    "admit",
    "answer",
    "assign",
    "change_claim",
    "confirm_claim",
    "mark_delivered",
    "mark_undelivered",
    "open_ticket",
    "open_tickets",
    "reopen",
    "resolve",
    "save_draft",
    "take",
]

"""What a ticket's log says of its promises, for rooms that know no clocks."""

from __future__ import annotations

from datetime import datetime

from answerable.tickets.models import Ticket, TicketEvent

VERB = TicketEvent.Verb
PROMISING = (VERB.CLOCK_STARTED, VERB.CLOCK_RETARGETED)
AHEAD = (*PROMISING, VERB.CLOCK_REOPENED)
OVER = (VERB.CLOCK_MET, VERB.CLOCK_MISSED, VERB.CLOCK_CORRECTED, VERB.CLOCK_ENDED)


def guaranteed_by(ticket: Ticket) -> datetime | None:
    """Return by when a first reply is guaranteed, as the log has it; None for no guarantee."""
    lines = ticket.events.filter(verb__in=PROMISING, data__metric="first_response")
    newest = lines.order_by("-pk").first()
    if newest is None or newest.data.get("kind") != "guarantee":
        return None
    due_at = newest.data.get("due_at")
    return datetime.fromisoformat(due_at) if due_at else None


def summary_by(ticket: Ticket) -> datetime | None:
    """Return by when the summary of a call is promised in writing, as the log has it; None
    where none is, it was written, or it is late."""
    lines = ticket.events.filter(verb__in=[*AHEAD, *OVER], data__summary=True)
    newest = lines.order_by("-pk").first()
    is_ahead = newest is not None and newest.verb in AHEAD
    return datetime.fromisoformat(newest.data["due_at"]) if newest and is_ahead else None

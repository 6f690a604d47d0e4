"""What a ticket's log says of its promises, for rooms that know no clocks."""

from __future__ import annotations

from datetime import datetime

from answerable.tickets.models import Ticket, TicketEvent

PROMISING = (TicketEvent.Verb.CLOCK_STARTED, TicketEvent.Verb.CLOCK_RETARGETED)


def guaranteed_by(ticket: Ticket) -> datetime | None:
    """Return by when a first reply is guaranteed, as the log has it; None for no guarantee."""
    lines = ticket.events.filter(verb__in=PROMISING, data__metric="first_response")
    newest = lines.order_by("-pk").first()
    if newest is None or newest.data.get("kind") != "guarantee":
        return None
    due_at = newest.data.get("due_at")
    return datetime.fromisoformat(due_at) if due_at else None

"""Who stands in copy on a ticket."""

from __future__ import annotations

from answerable.tickets.models import Participant, Ticket


def copied_on(ticket: Ticket) -> list[Participant]:
    """Return who took part by mail beside the requester: who gets copies first."""
    found = ticket.participants.select_related("contact")
    return list(found.order_by("-is_kept", "pk"))

"""Who stands in copy on a ticket."""

from __future__ import annotations

from answerable.tickets.models import Participant, Ticket


def copied_on(ticket: Ticket) -> list[Participant]:
    """Return who took part by mail beside the requester: who gets copies first.

    ticket_for asked along with the ticket whether there is anybody.
    """
    if not getattr(ticket, "has_copied", True):
        return []
    found = ticket.participants.select_related("contact")
    return list(found.order_by("-is_kept", "pk"))

"""Whose a ticket was before, as its log has it."""

from __future__ import annotations

from answerable.tickets.models import Ticket, TicketEvent


def was_another_customers(ticket: Ticket) -> bool:
    """Say whether a ticket was once a customer's whose it is not now; one that was nobody's
    before was never anybody else's."""
    changes = ticket.events.filter(verb=TicketEvent.Verb.CUSTOMER_CHANGED).order_by("pk")
    before = {
        (data.get("from") or {}).get("customer")
        for data in changes.values_list("data", flat=True)
    }
    return bool(before - {None, ticket.customer_id})

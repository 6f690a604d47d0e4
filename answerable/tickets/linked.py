"""Which tickets have to do with a ticket."""

from __future__ import annotations

from django.db.models import Q

from answerable.tickets.models import Ticket, TicketLink


def links_of(ticket: Ticket) -> list[Ticket]:
    """Return the tickets that a ticket is linked with, by number."""
    links = TicketLink.objects.filter(Q(one=ticket) | Q(other=ticket))
    pairs = links.values_list("one", "other")
    numbers = {number for pair in pairs for number in pair} - {ticket.pk}
    return list(Ticket.objects.filter(pk__in=numbers).order_by("pk")) if numbers else []

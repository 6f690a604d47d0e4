"""Was this sent before? Asked so that nothing is sent twice."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Contact
from answerable.tickets.models import Message, Ticket


def sent_as(submission: str) -> Ticket | None:
    """Return the request that this very form made, if it was sent already."""
    return Ticket.objects.filter(submission=submission).first()


def same_before(contact: Contact, body: str, *, since: datetime) -> Ticket | None:
    """Return the newest request in which a contact sent the same text since an instant."""
    said = Message.objects.filter(contact=contact, body=body, written_at__gte=since)
    found = said.filter(kind=Message.Kind.MESSAGE, ticket__created_at__gte=since)
    newest = found.select_related("ticket").order_by("-pk").first()
    return newest.ticket if newest else None


def said_before(contact: Contact, ticket: Ticket, body: str, *, since: datetime) -> bool:
    """Say whether a contact wrote the same on a request since an instant."""
    said = Message.objects.filter(ticket=ticket, contact=contact, written_at__gte=since)
    return said.filter(body=body).exists()

"""Who may see which ticket: the one answer for pages, streams and mail."""

from __future__ import annotations

from django.db.models import QuerySet

from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.models import Contact
from answerable.live.guards import Reader
from answerable.tickets.models import Attachment, Message, Participant, Ticket
from answerable.tickets.sight import Sight, sight_of

__all__ = ["Sight", "sight_of"]


def visible_to(reader: Reader) -> QuerySet[Ticket]:
    """Return the tickets that a signed-in user may see: all for agents, theirs for contacts."""
    if agent_of(reader):
        return Ticket.objects.all()
    return visible_as_contact(reader)


def visible_as_contact(reader: Reader) -> QuerySet[Ticket]:
    """Return the tickets that a signed-in user may see on customer pages."""
    contact = contact_of(reader)
    return seen_by(contact) if contact else Ticket.objects.none()


def seen_by(contact: Contact) -> QuerySet[Ticket]:
    """Return the tickets that a contact sees, wherever they ask: on pages, by mail, by streams.

    Nothing else decides this (sight.py).
    """
    return sight_of(contact).tickets()


def may_write(contact: Contact, ticket: Ticket) -> bool:
    """Say whether a contact, who sees a ticket, may also write on it and change it.

    Whom only a rule lets see it reads along. No query but for who is neither its requester nor
    a Super Admin.
    """
    if ticket.requester_id == contact.pk or contact.product_role == Contact.Role.SUPER_ADMIN:
        return True
    return Participant.objects.filter(ticket=ticket, contact=contact, sees=True).exists()


def may_listen(reader: Reader, key: str) -> bool:
    """Say whether this reader may be told of every change of a ticket: agents only."""
    return agent_of(reader) is not None and key.isdecimal()


def may_listen_as_contact(reader: Reader, key: str) -> bool:
    """Say whether this reader may be told of a ticket's public changes."""
    return key.isdecimal() and visible_as_contact(reader).filter(pk=int(key)).exists()


def messages_for(reader: Reader) -> QuerySet[Message]:
    """Return the messages that a signed-in user may read: no note is one of a customer's."""
    if agent_of(reader):
        return Message.objects.all()
    return messages_as_contact(reader)


def messages_as_contact(reader: Reader) -> QuerySet[Message]:
    """Return the messages that a signed-in user may read on customer pages."""
    tickets = visible_as_contact(reader)
    return Message.objects.filter(ticket__in=tickets, kind__in=Message.PUBLIC, leaves_at=None)


def attachment_among(
    messages: QuerySet[Message], ticket: int, number: int
) -> Attachment | None:
    """Return an attachment of a ticket's message, if it is among those; else None.

    This is asked before an address is made by which a file can be had, wherever that is.
    """
    found = Attachment.objects.filter(pk=number, message__in=messages.filter(ticket=ticket))
    return found.select_related("file").first()

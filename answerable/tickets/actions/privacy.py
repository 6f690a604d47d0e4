"""Writes who sees a ticket: private or not, and whom its people let see it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Contact
from answerable.live.events import Changed, publish
from answerable.tickets.actions.held import hold
from answerable.tickets.actions.participants import MOST_PARTICIPANTS
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Participant, Ticket, TicketEvent


class NotTheirs(Exception):
    """Only its requester decides this, or the person is no colleague of theirs."""


class TooManyNamed(Exception):
    """A ticket has as many participants as it may have."""


@transaction.atomic
def make_private(ticket: Ticket, *, is_private: bool, contact: Contact, at: datetime) -> Ticket:
    """Hide a ticket from all but its requester and whom they name, or show it again.

    Raises NotTheirs for anybody but its requester.
    """
    ticket = hold(ticket)
    if ticket.requester_id != contact.pk:
        raise NotTheirs
    if ticket.is_private == is_private:
        return ticket
    ticket.is_private = is_private
    ticket.save(update_fields=["is_private"])
    verb = Verb.MADE_PRIVATE if is_private else Verb.MADE_SHARED
    record(TicketEvent(ticket=ticket, verb=verb, contact=contact, at=at))
    return ticket


@transaction.atomic
def name_participant(
    ticket: Ticket, colleague: Contact, *, contact: Contact, at: datetime
) -> Participant:
    """Let a colleague see a ticket and get copies of replies, from now on.

    Raises NotTheirs for somebody of another customer or who left, and where the ticket is
    private and another's; TooManyNamed.
    """
    ticket = hold(ticket)
    _check(ticket, colleague, contact)
    address = colleague.email.lower()
    one = ticket.participants.filter(address=address).first()
    if one is None:
        if ticket.participants.count() >= MOST_PARTICIPANTS:
            raise TooManyNamed
        one = Participant(ticket=ticket, address=address, name=colleague.name, added_at=at)
    if one.pk and one.sees:
        return one
    one.contact, one.sees, one.is_kept = colleague, True, True
    one.save()
    _tell(ticket, Verb.NAMED, colleague, contact, at)
    return one


@transaction.atomic
def unname_participant(ticket: Ticket, number: int, *, contact: Contact, at: datetime) -> None:
    """Let somebody no longer see a ticket, nor get copies. A participant may end it too.

    Raises NotTheirs where the ticket is private and another's.
    """
    ticket = hold(ticket)
    one = ticket.participants.select_related("contact").filter(pk=number).first()
    if one is None or one.contact is None or not (one.sees or one.is_kept):
        return
    if one.contact_id != contact.pk:
        _check(ticket, one.contact, contact)
    one.sees = one.is_kept = False
    one.save(update_fields=["sees", "is_kept"])
    _tell(ticket, Verb.UNNAMED, one.contact, contact, at)


def _check(ticket: Ticket, colleague: Contact, contact: Contact) -> None:
    is_requester = ticket.requester_id == contact.pk
    is_colleague = colleague.customer_id == ticket.customer_id and colleague.left_at is None
    if not is_colleague or colleague.pk == ticket.requester_id:
        raise NotTheirs
    if ticket.is_private and not is_requester:
        raise NotTheirs


def _tell(
    ticket: Ticket, verb: Verb, colleague: Contact, contact: Contact, at: datetime
) -> None:
    data = {"name": colleague.name}
    record(TicketEvent(ticket=ticket, verb=verb, contact=contact, at=at, data=data))
    publish(Changed(f"requests-{colleague.pk}"))

"""Writes who else takes part in a ticket by mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models.functions import Lower

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Participant, Ticket, TicketEvent
from answerable.tickets.text import clean, first_line

MOST_PARTICIPANTS = 30


@dataclass(frozen=True, slots=True)
class Copied:
    """Somebody in Cc: a name, and an address in lower case."""

    name: str
    address: str


@transaction.atomic
def add_participants(ticket: Ticket, copied: Sequence[Copied], *, at: datetime) -> None:
    """Note who stood in Cc, at most thirty to a ticket; who is there stays as they are.

    Contacts of the ticket's customer get copies from now on. Whose ticket it is never changes.
    """
    fresh = _fresh(ticket, copied)
    if not fresh:
        return
    known = _colleagues(ticket, [one.address for one in fresh])
    Participant.objects.bulk_create(
        [
            Participant(
                ticket=ticket,
                address=one.address[:254],
                name=first_line(clean(one.name))[:200],
                contact=known.get(one.address),
                is_kept=one.address in known,
                added_at=at,
            )
            for one in fresh
        ],
        ignore_conflicts=True,
    )


def _fresh(ticket: Ticket, copied: Sequence[Copied]) -> list[Copied]:
    there = set(ticket.participants.values_list("address", flat=True))
    owner = owner_address(ticket)
    by_address = {one.address: one for one in copied if one.address and one.address != owner}
    left = max(0, MOST_PARTICIPANTS - len(there))
    return [one for address, one in by_address.items() if address not in there][:left]


def owner_address(ticket: Ticket) -> str:
    """Return the address of whose ticket it is, in lower case."""
    return (ticket.requester.email if ticket.requester else ticket.sender_email).lower()


def _colleagues(ticket: Ticket, addresses: Sequence[str]) -> dict[str, Contact]:
    if ticket.customer_id is None:
        return {}
    contacts = Contact.objects.annotate(low=Lower("email")).filter(
        low__in=addresses, customer=ticket.customer_id, left_at=None
    )
    return {contact.email.lower(): contact for contact in contacts}


@transaction.atomic
def copy_in(ticket: Ticket, addresses: Sequence[str], *, agent: Agent, at: datetime) -> None:
    """Let an agent's choice of people get copies of replies, whoever they are; each is logged.

    Who takes part already, and whose ticket it is, stays as they are.
    """
    ticket = hold(ticket)
    there = set(ticket.participants.values_list("address", flat=True)) | {owner_address(ticket)}
    fresh = [one for one in dict.fromkeys(addresses) if one not in there]
    known = _colleagues(ticket, fresh)
    added = Participant.objects.bulk_create(
        Participant(
            ticket=ticket, address=one, contact=known.get(one), is_kept=True, added_at=at
        )
        for one in fresh
    )
    record(*(_copied(ticket, one, agent, at) for one in added))


def _copied(ticket: Ticket, one: Participant, agent: Agent, at: datetime) -> TicketEvent:
    return TicketEvent(
        ticket=ticket,
        verb=Verb.COPIED if one.is_kept else Verb.UNCOPIED,
        agent=agent,
        at=at,
        data={"name": one.shown, "address": one.address},
    )


@transaction.atomic
def keep_participant(
    ticket: Ticket, number: int, *, is_kept: bool, agent: Agent, at: datetime
) -> Participant | None:
    """Let somebody get copies of replies, or no longer; return them, or None for nobody."""
    ticket = hold(ticket)
    one = ticket.participants.select_related("contact").filter(pk=number).first()
    if one is None or one.is_kept == is_kept:
        return one
    one.is_kept = is_kept
    one.save(update_fields=["is_kept"])
    record(_copied(ticket, one, agent, at))
    return one

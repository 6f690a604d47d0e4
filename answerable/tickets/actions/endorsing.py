"""Asks colleagues to stand behind a request, and records what they say."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.live.events import Changed, publish
from answerable.tickets.actions.held import check_customer, hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Endorsement, Ticket, TicketEvent

Outcome = Endorsement.Outcome


class NotAsked(Exception):
    """This contact is not asked to confirm the request, or has said something to it."""


@transaction.atomic
def ask_to_endorse(
    ticket: Ticket,
    colleagues: Sequence[Contact],
    *,
    contact: Contact,
    agent: Agent | None = None,
    at: datetime,
) -> list[Endorsement]:
    """Ask colleagues to confirm a contact's request; each is asked once. Raises OtherCustomer.

    The request is not held up: it counts as what it is without them until one confirms. An
    agent may ask them in the contact's place.
    """
    ticket = hold(ticket)
    for person in (contact, *colleagues):
        check_customer(ticket, person)
    asked = set(ticket.endorsements.values_list("contact", flat=True)) | {contact.pk}
    new = [person for person in dict.fromkeys(colleagues) if person.pk not in asked]
    if not new:
        return []
    rows = Endorsement.objects.bulk_create(
        Endorsement(ticket=ticket, contact=person, asked_by=contact, asked_at=at)
        for person in new
    )
    data = {"asked": [person.pk for person in new], "names": [person.name for person in new]}
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.ENDORSEMENT_ASKED,
            contact=contact,
            agent=agent,
            at=at,
            data=data,
        )
    )
    _tell(new)
    return rows


@transaction.atomic
def endorse(ticket: Ticket, *, contact: Contact, at: datetime) -> None:
    """Record that a contact stands behind a colleague's ticket, so that what they are promised
    holds for it from now on (domain.md E18, E19). Nobody else is asked any more. Raises
    OtherCustomer."""
    ticket = hold(ticket)
    check_customer(ticket, contact)
    waiting = ticket.endorsements.filter(outcome="")
    others = [row.contact for row in waiting.exclude(contact=contact)]
    waiting.filter(contact=contact).update(outcome=Outcome.CONFIRMED, decided_at=at)
    waiting.update(outcome=Outcome.BY_ANOTHER, decided_at=at)
    record(TicketEvent(ticket=ticket, verb=Verb.ENDORSED, contact=contact, at=at))
    _tell([contact, *others])


@transaction.atomic
def decline_to_endorse(ticket: Ticket, *, contact: Contact, at: datetime) -> None:
    """Record that a contact who was asked does not stand behind a colleague's ticket.

    It stays what it is; `left` in the log says how many may still confirm it. Raises NotAsked.
    """
    ticket = hold(ticket)
    waiting = ticket.endorsements.filter(outcome="")
    if not waiting.filter(contact=contact).update(outcome=Outcome.DECLINED, decided_at=at):
        raise NotAsked
    data = {"left": waiting.count()}
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.ENDORSEMENT_DECLINED, contact=contact, at=at, data=data
        )
    )
    _tell([contact])


def _tell(people: Sequence[Contact]) -> None:
    """Let the open pages of people know who were asked, or are no longer."""
    publish(*(Changed(f"requests-{person.pk}") for person in people))

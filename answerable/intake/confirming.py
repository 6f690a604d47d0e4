"""Whom a customer may ask to confirm a request, so that the guarantee applies (W10)."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q, QuerySet

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Ask
from answerable.entitlements.core.plan import Kind
from answerable.entitlements.queries import facts_about_all
from answerable.intake.offers import Offers, ask_for
from answerable.sla.queries import Offer, offer, offer_for
from answerable.tickets.models import STANDARD, Endorsement, Ticket

# A request is put to a few: all who could are sometimes half a company.
MOST_ASKED = 5
MOST_LOOKED_AT = 50


def confirmers_of(contact: Contact | None, offers: Offers, at: datetime) -> tuple[Contact, ...]:
    """Return the colleagues who would be guaranteed a reply where this person is not.

    Nobody, where the request is guaranteed anyway. Four queries.
    """
    if contact is None or offers.standard.kind == Kind.GUARANTEE:
        return ()
    asks = offers.asking
    severity = asks.asked.severity if asks.has_severities else STANDARD
    return _able(contact, ask_for(asks, severity, at))


def confirmers_on(ticket: Ticket, at: datetime) -> tuple[Contact, ...]:
    """Return the colleagues of who asks on a ticket who would be guaranteed a reply to it.
    Three queries."""
    return _able(ticket.requester, _ask_of(ticket, at)) if ticket.requester else ()


def _able(contact: Contact, ask: Ask) -> tuple[Contact, ...]:
    at = ask.at
    named = Q(designations__valid_from__lte=at) & (
        Q(designations__valid_to=None) | Q(designations__valid_to__gt=at)
    )
    people = Contact.objects.filter(customer=contact.customer_id, left_at=None)
    likely = people.filter(named | Q(product_role=Contact.Role.SUPER_ADMIN))
    found = list(likely.exclude(pk=contact.pk).order_by("name").distinct()[:MOST_LOOKED_AT])
    facts = facts_about_all(found)
    able = (one for one in found if offer(facts[one.pk], ask).kind == Kind.GUARANTEE)
    return tuple(one for one, _ in zip(able, range(MOST_ASKED), strict=False))


def to_confirm(contact: Contact) -> QuerySet[Endorsement]:
    """Return what colleagues ask a contact to confirm, the oldest first."""
    waiting = Endorsement.objects.waiting().filter(contact=contact)
    return waiting.select_related("ticket", "asked_by").order_by("asked_at", "pk")


def promised_by(contact: Contact, ticket: Ticket, at: datetime) -> Offer:
    """Return what a colleague's request would be promised if a contact confirmed it now."""
    return offer_for(contact, _ask_of(ticket, at))


def _ask_of(ticket: Ticket, at: datetime) -> Ask:
    return Ask(
        channel=ticket.channel,
        surface=ticket.surface,
        language=ticket.language,
        severity=ticket.severity,
        at=at,
        environment=ticket.environment,
        product=ticket.product,
    )

"""Reads for the pages where people come in."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import (
    Agent,
    Contact,
    Customer,
    Installation,
    SignInLink,
    StartCode,
)
from answerable.accounts.tokens import digest_of
from answerable.entitlements.core.eligibility import Ask
from answerable.sla.queries import offer_for

PLAYED_CUSTOMERS = 6


@dataclass(frozen=True, slots=True)
class Player:
    """A contact whom a visitor of the demo may be, and what they are promised."""

    contact: Contact
    promise: str  # guarantee, aim, or nothing


def is_demo() -> bool:
    """Say whether this installation is a demonstration."""
    return Installation.objects.filter(demo=True).exists()


def has_agents() -> bool:
    """Say whether anybody can open the desk yet."""
    return Agent.objects.exists()


def link_works(token: str, *, at: datetime) -> bool:
    """Say whether a sign-in link could be used now, without using it."""
    links = SignInLink.objects.filter(digest=digest_of(token), used_at=None, expires_at__gt=at)
    return links.filter(contact__left_at=None).exists()


def contact_at(address: str) -> Contact | None:
    """Return the contact who signs in by a link to this address.

    An agent's address gets none: agents have a password and a second factor.
    """
    if Agent.objects.filter(user__email__iexact=address).exists():
        return None
    return Contact.objects.filter(email__iexact=address, left_at=None).first()


def code_named(code: str) -> StartCode | None:
    """Return a start code, used or not, by what its holder typed."""
    return StartCode.objects.filter(digest=digest_of(code.strip().upper())).first()


def players(at: datetime) -> list[Player]:
    """Return the contacts of the first customers, by how much they are promised."""
    first = Customer.objects.order_by("pk")[:PLAYED_CUSTOMERS]
    people = Contact.objects.filter(customer__in=list(first), left_at=None)
    ask = Ask("form", "web", "en", "", at, opens=True)
    return [
        Player(contact, offer_for(contact, ask).kind)
        for contact in people.select_related("customer").order_by("customer_id", "pk")
    ]


def vendors_people() -> list[Agent]:
    """Return the agents, as they were made."""
    return list(Agent.objects.active().order_by("pk"))

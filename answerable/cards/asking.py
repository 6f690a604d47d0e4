"""What a source is asked: who asks, about which ticket, whose it is (docs/cards.md)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

from django.conf import settings

from answerable.accounts.models import Agent, Installation
from answerable.cards.models import CardSource
from answerable.lib.outbound.client import Client, client
from answerable.lib.outbound.deciding import allowed_by
from answerable.tickets.models import Ticket

VERSION = 1
# Where the demonstration's product answers: on this very server, which is asked nothing else.
DEMO_CARDS = "/demo/product/cards/"


def client_for(source: CardSource) -> Client:
    """Return who asks a source. In a demonstration our own server may be asked at one address,
    whatever else of our own network may be."""
    here = f"{settings.ANSWERABLE_URL}{DEMO_CARDS}"
    if source.url == here and Installation.objects.filter(demo=True).exists():
        return Client(allowed_by([settings.ANSWERABLE_URL]))
    return client()


def request_of(
    source: CardSource, ticket: Ticket, agent: Agent, at: datetime
) -> Mapping[str, Any]:
    """Return the request about a ticket as plain values."""
    return {
        "version": VERSION,
        "source": source.name,
        "asked_at": at.astimezone(UTC).isoformat(timespec="seconds"),
        "agent": {"id": agent.pk, "name": agent.name, "email": agent.user.email},
        "account": _account(ticket),
        "contact": _contact(ticket),
        "ticket": {
            "number": ticket.pk,
            "subject": ticket.subject,
            "product": ticket.product,
            "environment": ticket.environment,
            "severity": ticket.severity,
            "state": ticket.state,
            "language": ticket.language,
            "created_at": ticket.created_at.astimezone(UTC).isoformat(timespec="seconds"),
        },
    }


def _account(ticket: Ticket) -> Mapping[str, Any] | None:
    customer = ticket.customer
    if customer is None:
        return None
    return {"id": customer.pk, "key": customer.key, "name": customer.name}


def _contact(ticket: Ticket) -> Mapping[str, Any] | None:
    """Return who asks, as the vendor's product calls them."""
    contact = ticket.requester
    if contact is None:
        return None
    return {
        "id": contact.pk,
        "key": contact.product_key,
        "name": contact.name,
        "email": contact.email,
        "language": contact.language,
    }

"""Scenes for tests of incidents: exports are slow, for everybody who runs Service."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent, Contact
from answerable.incidents.actions import About, open_incident
from answerable.incidents.models import Incident
from answerable.tickets.actions import Opening, Sender, open_ticket
from answerable.tickets.models import Ticket

SLOW = {"en": "exports are slow", "de": "Exporte sind langsam"}


def slow_exports(
    agent: Agent, at: datetime, *, product: str = "service", is_public: bool = True
) -> Incident:
    """Open the incident."""
    about = About(title="Export queue stuck", said=SLOW, product=product, is_public=is_public)
    return open_incident(about, agent=agent, at=at)


def asked(contact: Contact, at: datetime, subject: str = "Exports take hours") -> Ticket:
    """Let a contact ask about it."""
    opening = Opening(
        sender=Sender(contact=contact),
        body="Since noon every export takes hours.",
        channel=Ticket.Channel.FORM,
        subject=subject,
        product="service",
        language=contact.language,
    )
    return open_ticket(opening, at=at)

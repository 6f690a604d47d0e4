"""Tickets as the tests of the desk need them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.test import Client
from django.utils import timezone

from answerable.accounts.models import Agent, Contact
from answerable.tickets import actions
from answerable.tickets.actions import Impact, Opening, Sender
from answerable.tickets.models import Ticket

SignIn = Callable[[Agent | Contact], Client]
PART = {"HX-Request": "true"}


def ask(
    contact: Contact,
    subject: str = "Exports fail",
    *,
    body: str = "Every export stops.",
    critical: bool = False,
    channel: str = "form",
    at: datetime | None = None,
) -> Ticket:
    """Open a ticket of a contact, now or at an instant."""
    impact = Impact(key="sign_in", says="Most or all users cannot sign in or reach tools")
    opening = Opening(
        sender=Sender(contact=contact),
        subject=subject,
        body=body,
        channel=channel,
        surface="web" if channel == "form" else "mail",
        impact=impact if critical else None,
    )
    return actions.open_ticket(opening, at=at or timezone.now())


def stranger_asks(email: str = "j.weber@hafenkontor.example") -> Ticket:
    """Open a ticket of somebody whom nobody knows."""
    sender = Sender(name="J. Weber", email=email)
    opening = Opening(sender=sender, subject="Offer?", body="Hello", channel="email")
    return actions.open_ticket(opening, at=timezone.now())


def last_event(ticket: Ticket) -> int:
    """Return what somebody has seen who looks at a ticket now."""
    return ticket.events.order_by("-pk").values_list("pk", flat=True)[0]

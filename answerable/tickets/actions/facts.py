"""Changes what a ticket is about: its product and its environment."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Ticket, TicketEvent
from answerable.tickets.text import clean

LONGEST_REASON = 500


@dataclass(frozen=True, slots=True)
class About:
    """What a ticket is about, "" where nobody said."""

    product: str
    environment: str


def settle(tickets: Sequence[Ticket]) -> None:
    """Store the severity and product that tickets turned out to have as they came in.

    Called in the transaction that opens them, before anything is said of them.
    """
    if tickets:
        Ticket.objects.bulk_update(tickets, ["severity", "product"])


@transaction.atomic
def correct_facts(
    ticket: Ticket, about: About, *, severity: str, reason: str, agent: Agent, at: datetime
) -> Ticket:
    """Correct what a ticket is about, and the severity that it has by that.

    They count as what was so from the beginning. Nothing happens where nothing changes.
    """
    ticket = hold(ticket)
    was = About(ticket.product, ticket.environment)
    if about == was:
        return ticket
    reason = clean(reason).strip()[:LONGEST_REASON]
    data: dict[str, object] = {"from": asdict(was), "to": asdict(about), "reason": reason}
    if severity != ticket.severity:
        data["severity"] = {"from": ticket.severity, "to": severity}
    ticket.product, ticket.environment = about.product, about.environment
    ticket.severity = severity
    ticket.save(update_fields=["product", "environment", "severity"])
    record(TicketEvent(ticket=ticket, verb=Verb.FACTS_CORRECTED, agent=agent, at=at, data=data))
    return ticket

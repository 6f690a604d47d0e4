"""Who looks after the account of a ticket, and how they stand now."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.desk.mentions import mentionable
from answerable.desk.queries.standing import NAMES
from answerable.desk.words import first_name
from answerable.routing.queries_of_presence import standing_of
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Manager:
    """An account manager: how they are mentioned, and how they stand."""

    name: str
    first: str
    handle: str
    stands: str


def manager_of(ticket: Ticket, at: datetime) -> Manager | None:
    """Return who looks after the account, or None where nobody does."""
    manager = ticket.customer.account_manager if ticket.customer else None
    if manager is None:
        return None
    everybody = Agent.objects.active().order_by("name")
    handles = {one["name"]: one["handle"] for one in mentionable(list(everybody))}
    return Manager(
        name=manager.name,
        first=first_name(manager.name),
        handle=handles.get(manager.name, ""),
        stands=str(NAMES[standing_of(manager, at).status]),
    )

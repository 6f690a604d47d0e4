"""The replies of an agent that have not left yet: one query on every page of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.tickets.models import Message

MOST = 5


@dataclass(frozen=True, slots=True)
class Waiting:
    """A reply that can be taken back, its ticket, and when it leaves."""

    message: int
    ticket: int
    leaves_at: datetime


def waiting_of(agent: Agent) -> list[Waiting]:
    """Return what an agent can take back, the newest first."""
    found = Message.objects.filter(agent=agent, leaves_at__isnull=False).order_by("-pk")[:MOST]
    return [
        Waiting(number, ticket, leaves_at)
        for number, ticket, leaves_at in found.values_list("pk", "ticket_id", "leaves_at")
        if leaves_at
    ]

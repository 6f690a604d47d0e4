"""Who is on which ticket just now, for lists, the open ticket and `Q`. One query each."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from django.db.models import QuerySet

from answerable.accounts.models import Agent
from answerable.routing.core.company import (
    FRESH_FOR,
    SAID_FOR,
    Companion,
    PageHeard,
    company,
)
from answerable.routing.models import OpenPage


def company_beside(agent: Agent, *, at: datetime) -> list[Companion]:
    """Return who else is on which ticket, as an agent is told of it at an instant."""
    rows = _others(agent).filter(heard_at__gt=at - SAID_FOR)
    found = rows.values_list("agent", "agent__name", "ticket", "doing", "heard_at")
    return company([PageHeard(*row) for row in found.order_by("pk")], at)


def visited(numbers: Collection[int], agent: Agent, *, at: datetime) -> set[int]:
    """Return on which of these tickets somebody else is, whose page is heard."""
    rows = fresh_beside(agent, at=at).filter(ticket__in=numbers)
    return set(rows.values_list("ticket", flat=True))


def fresh_beside(agent: Agent, *, at: datetime) -> QuerySet[OpenPage]:
    """Return the pages of others that are on a ticket and are heard at an instant."""
    return _others(agent).filter(ticket__isnull=False, heard_at__gte=at - FRESH_FOR)


def _others(agent: Agent) -> QuerySet[OpenPage]:
    return OpenPage.objects.exclude(agent=agent)

"""Lets people follow tickets because a rule says so: a line of the log names them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from answerable.accounts.models import Agent
from answerable.notices.models import Follow
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

FOLLOWS = Verb.RULE_FOLLOWS


def follow_by_rules(events: Iterable[TicketEvent], *, at: datetime) -> None:
    """Tell people of what happens to tickets that rules have them follow."""
    asked = [(event.ticket_id, event.data["to"]) for event in events if event.verb == FOLLOWS]
    known = set(Agent.objects.active().values_list("pk", flat=True)) if asked else set()
    Follow.objects.bulk_create(
        [
            Follow(ticket_id=ticket, agent_id=agent, at=at)
            for ticket, agents in asked
            for agent in agents
            if agent in known
        ],
        ignore_conflicts=True,
    )

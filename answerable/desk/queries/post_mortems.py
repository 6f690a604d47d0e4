"""Post-mortems that are not written yet: one's own, and for leads everybody's."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from answerable.accounts.models import Agent
from answerable.sla.models import PostMortem

MOST = 100


def post_mortems_for(agent: Agent) -> QuerySet[PostMortem]:
    """Return those that an agent should know of, the one that is due first on top. A query."""
    mine = Q(owner=agent) if agent.role == Agent.Role.AGENT else Q()
    asked = PostMortem.objects.filter(mine, done_at=None)
    return asked.select_related("owner", "clock__ticket").order_by("due_at", "pk")[:MOST]

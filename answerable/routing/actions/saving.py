"""Keeps filters as views: of one agent, of a team, or of everybody; and looks after teams."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from answerable.accounts.models import Agent
from answerable.routing.core.filters import Filters
from answerable.routing.models import SavedView, Team


class NotTheirView(Exception):
    """Somebody else's view; leads and administrators may change those of teams and of all."""


@transaction.atomic
def save_view(  # A view is all these facts.
    name: str,
    filters: Filters,
    *,
    order: str,
    by: Agent,
    whose: Agent | Team | None,
    at: datetime,
) -> SavedView:
    """Keep filters and an order under a name: for an agent, a team, or everybody (None)."""
    last = SavedView.objects.aggregate(last=Max("position"))["last"] or 0
    return SavedView.objects.create(
        name=name.strip(),
        query=filters.written(),
        order=order,
        agent=whose if isinstance(whose, Agent) else None,
        team=whose if isinstance(whose, Team) else None,
        position=last + 1,
        made_by=by,
        made_at=at,
    )


def change_view(view: SavedView, filters: Filters, *, order: str, by: Agent) -> None:
    """Let a view have other filters and another order. Raises NotTheirView."""
    _check(view, by)
    view.query, view.order = filters.written(), order
    view.save(update_fields=["query", "order"])


def forget_view(view: SavedView, *, by: Agent) -> None:
    """Delete a view; the tickets in it stay as they are. Raises NotTheirView."""
    _check(view, by)
    view.delete()


@transaction.atomic
def arrange_views(views: Sequence[SavedView]) -> None:
    """Put views in this order."""
    for position, view in enumerate(views, start=1):
        view.position = position
        view.save(update_fields=["position"])


@transaction.atomic
def keep_team(key: str, name: str, members: Sequence[Agent]) -> Team:
    """Make a team, or change its name and who is in it."""
    team, _ = Team.objects.update_or_create(key=key, defaults={"name": name})
    team.members.set(members)
    return team


def _check(view: SavedView, by: Agent) -> None:
    is_lead = by.role != Agent.Role.AGENT and view.agent_id is None
    if not is_lead and by.pk not in {view.agent_id, view.made_by_id}:
        raise NotTheirView

"""The views of the queue: which there are, who sees them, and what each has."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.db.models import Q, QuerySet

from answerable.accounts.models import Agent
from answerable.routing.core.filters import ORDERS, Filters, parse
from answerable.routing.filter_sql import Asker, where
from answerable.routing.models import SavedView, Team
from answerable.routing.order_sql import Scope

VIEWS = ("all", "mine", "unassigned", "waiting", "review")
URGENT_VIEWS = ("all", "mine", "unassigned")
TEAM, SAVED = "team-", "saved-"
NOBODY, NO_ONE = 0, -1  # tickets without an agent; an agent that there is not


@dataclass(frozen=True, slots=True)
class View:
    """A view of the queue as somebody looks at it: its key in addresses, and what it has."""

    key: str
    base: str = "all"
    whose: tuple[int, ...] | None = None
    filters: Filters = field(default_factory=Filters)
    order: str = ORDERS[0]
    team: Team | None = None
    saved: SavedView | None = None

    def scope(self, asker: Asker) -> Scope:
        """Return which tickets it has, for statements."""
        return Scope(self.base, self.whose, where(self.filters, asker))

    @property
    def has_now(self) -> bool:
        """Whether it can hold critical tickets, for which it keeps a band."""
        return self.base in URGENT_VIEWS


class NoSuchView(Exception):
    """There is no such view, or it is somebody else's."""


def view_for(agent: Agent, key: str, query: str | None = None, order: str = "") -> View:
    """Return the view of a key as an agent sees it: with these filters and in this order.

    A saved view has its own where None are asked for. Raises NoSuchView.
    """
    view = _plain(agent, key)
    filters = view.filters if query is None else parse(query)
    chosen = order if order in ORDERS else view.order
    return View(view.key, view.base, view.whose, filters, chosen, view.team, view.saved)


def saved_views(agent: Agent) -> QuerySet[SavedView]:
    """Return the saved views that an agent sees: their own, their teams' and shared ones."""
    theirs = Q(agent=agent) | Q(agent=None, team=None) | Q(team__members=agent)
    return SavedView.objects.filter(theirs).distinct().order_by("position", "pk")


def team_keys(agent: Agent) -> QuerySet[Team, str]:
    """Return the keys of an agent's teams, as a query for others to hold in theirs."""
    return Team.objects.filter(members=agent).values_list("key", flat=True)


def teams_of(agent: Agent) -> Sequence[Team]:
    """Return the teams that an agent is in."""
    return list(agent.teams.order_by("name").prefetch_related("members"))


def asker_of(agent: Agent, zone: tzinfo, at: datetime) -> Asker:
    """Return who asks, for filters."""
    return Asker(agent.pk, zone, at)


def _plain(agent: Agent, key: str) -> View:
    if key in VIEWS:
        whose = {"mine": (agent.pk,), "unassigned": (NOBODY,)}.get(key)
        return View(key, key, whose)
    if key.startswith(TEAM):
        team = Team.objects.filter(key=key.removeprefix(TEAM)).first()
        if team is None:
            raise NoSuchView
        return of_team(team)
    number = key.removeprefix(SAVED)
    if key == number or not (number.isascii() and number.isdigit() and len(number) < 19):
        raise NoSuchView
    saved = saved_views(agent).filter(pk=int(number)).first()
    if saved is None:
        raise NoSuchView
    return View(key, filters=parse(saved.query), order=saved.order, saved=saved)


def of_team(team: Team) -> View:
    """Return the view of a team: what its members have."""
    members = tuple(agent.pk for agent in team.members.all())
    return View(f"{TEAM}{team.key}", "mine", members or (NO_ONE,), team=team)

"""The views that an agent sees, with how many of their tickets are late and at risk."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, tzinfo

from django.urls import reverse
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.accounts.models import Agent
from answerable.routing.core.filters import parse
from answerable.routing.counts_sql import Counts, tallied
from answerable.routing.models import SavedView
from answerable.routing.queries import counts_in
from answerable.routing.views import (
    SAVED,
    VIEWS,
    View,
    asker_of,
    of_team,
    saved_views,
    teams_of,
)
from answerable.routing.views import view_for as view_of

VIEW_NAMES: dict[str, Promise] = {
    "all": gettext_lazy("All"),
    "mine": gettext_lazy("Mine"),
    "unassigned": gettext_lazy("Unassigned"),
    "waiting": gettext_lazy("Waiting"),
    "review": gettext_lazy("For review"),
}
MOST_COUNTED = 40


@dataclass(frozen=True, slots=True)
class ViewLink:
    """A view in the list of them: its name, whose it is, and its counts once they are asked."""

    key: str
    name: str
    address: str
    whose: str = ""
    counts: Counts | None = None

    @property
    def total(self) -> str:
        """How many tickets it has."""
        return _grouped(self.counts.total) if self.counts else ""

    @property
    def late(self) -> str:
        """How many of them are late, or nothing."""
        return _grouped(self.counts.late) if self.counts and self.counts.late else ""

    @property
    def at_risk(self) -> str:
        """How many of them are at risk, or nothing."""
        return _grouped(self.counts.at_risk) if self.counts and self.counts.at_risk else ""

    @property
    def said(self) -> str:
        """Its counts, for those who listen: “12, 3 late, 1 at risk”."""
        late = _("{count} late").format(count=self.late) if self.late else ""
        risk = _("{count} at risk").format(count=self.at_risk) if self.at_risk else ""
        return ", ".join(part for part in (self.total, late, risk) if part)


def view_links(agent: Agent, *, at: datetime, zone: tzinfo) -> list[ViewLink]:
    """Return the views that an agent sees: those that everybody has and teams, with their
    counts, and saved ones, which an open page counts. Four queries at the most."""
    asker, known = asker_of(agent, zone, at), tallied(at=at)
    fixed = [view_of(agent, key) for key in VIEWS]
    teams = [of_team(team) for team in teams_of(agent)]
    plain = [
        ViewLink(
            view.key,
            view.team.name if view.team else str(VIEW_NAMES[view.key]),
            reverse("desk:queue", args=[view.key]),
            counts=counts_in(view, asker, known),
        )
        for view in (*fixed, *teams)
    ]
    saved = saved_views(agent).select_related("team")
    return [*plain, *(_link(f"{SAVED}{one.pk}", one.name, _whose(one)) for one in saved)]


def counted_links(agent: Agent, *, at: datetime, zone: tzinfo) -> list[ViewLink]:
    """Return the same with the counts of the saved ones: a query each."""
    asker = asker_of(agent, zone, at)
    saved = {f"{SAVED}{one.pk}": one for one in saved_views(agent)[:MOST_COUNTED]}
    views = {key: View(key, filters=parse(one.query), saved=one) for key, one in saved.items()}
    return [
        replace(link, counts=counts_in(views[link.key], asker)) if link.key in views else link
        for link in view_links(agent, at=at, zone=zone)
    ]


def _grouped(count: int) -> str:
    return number_format(count, force_grouping=True)


def _link(key: str, name: str, whose: str = "") -> ViewLink:
    return ViewLink(key, name, reverse("desk:queue", args=[key]), whose)


def _whose(one: SavedView) -> str:
    if one.agent_id:
        return _("yours")
    return one.team.name if one.team else _("shared")

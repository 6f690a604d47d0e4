"""Reads what the status page shows: nothing but what is public."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Prefetch, QuerySet

from answerable.incidents.models import (
    Follower,
    Incident,
    IncidentQuerySet,
    IncidentUpdate,
)
from answerable.sla.words import about_words

LATELY = timedelta(days=30)
MOST = 50


@dataclass(frozen=True, slots=True)
class Shown:
    """An incident as everybody may read it, its updates newest first."""

    incident: Incident
    updates: Sequence[IncidentUpdate]

    @property
    def about(self) -> str:
        """What it touches; nothing: everything."""
        return about_words(self.incident.product, self.incident.environment)


def going_on() -> list[Shown]:
    """Return the public incidents that go on, the newest first."""
    return _shown(_public().going_on().order_by("-begun_at", "-pk"))


def ended_lately(at: datetime) -> list[Shown]:
    """Return the public incidents that ended within a month, the last first."""
    return _shown(_public().filter(ended_at__gt=at - LATELY).order_by("-ended_at", "-pk"))


def shown(number: int) -> Shown | None:
    """Return a public incident, or None."""
    return next(iter(_shown(_public().filter(pk=number))), None)


def newest_updates() -> QuerySet[IncidentUpdate]:
    """Return the public updates of public incidents, the newest first."""
    public = IncidentUpdate.objects.filter(is_public=True, incident__is_public=True)
    return public.select_related("incident").order_by("-at", "-pk")[:MOST]


def follower(number: int) -> Follower | None:
    """Return who follows a public incident, or did, with what and who it is."""
    known = Follower.objects.filter(pk=number, incident__is_public=True)
    return known.select_related("incident", "contact").first()


def _public() -> IncidentQuerySet:
    updates = IncidentUpdate.objects.filter(is_public=True).order_by("-number")
    return Incident.objects.public().prefetch_related(
        Prefetch("updates", queryset=updates, to_attr="told")
    )


def _shown(incidents: QuerySet[Incident]) -> list[Shown]:
    return [Shown(one, getattr(one, "told", ())) for one in incidents[:MOST]]

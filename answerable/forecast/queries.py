"""Reads forecasts for pages: the newest, and how good those of a month were."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, F, Q, QuerySet

from answerable.accounts.models import Agent
from answerable.forecast.models import Forecast, Suggestion

LOOKS_BACK = timedelta(days=30)
# A forecast that is older is none: whoever makes them is down.
FRESH = timedelta(minutes=3)


@dataclass(frozen=True, slots=True)
class Coverage:
    """Of how many forecasts the real misses lay in the range, and of how many in all."""

    inside: int = 0
    measured: int = 0

    @property
    def percent(self) -> int | None:
        """In 100; None where nothing was measured."""
        return round(100 * self.inside / self.measured) if self.measured else None


def newest_forecast(at: datetime) -> Forecast | None:
    """Return the forecast that holds now, or None: there is none, or it is too old."""
    return Forecast.objects.filter(at__gt=at - FRESH, at__lte=at).order_by("-at").first()


def coverage(at: datetime, *, since: datetime | None = None) -> Coverage:
    """Return how good the forecasts of the last 30 days were, as they were made. One query."""
    measured = measured_since(since or at - LOOKS_BACK)
    found = measured.aggregate(
        inside=Count("pk", filter=Q(low__lte=F("missed"), high__gte=F("missed"))),
        measured=Count("pk"),
    )
    return Coverage(found["inside"], found["measured"])


def measured_since(since: datetime) -> QuerySet[Forecast]:
    """Return the forecasts since an instant that had a range, and of which it is known what
    came."""
    return Forecast.objects.filter(at__gte=since, low__isnull=False, missed__isnull=False)


def asked_of(agent: Agent, at: datetime) -> Sequence[Suggestion]:
    """Return what a lead asks of somebody, and what they have not answered. One query."""
    waiting = Suggestion.objects.filter(agent=agent, answer="", until__gt=at)
    return list(waiting.select_related("by", "ticket").order_by("-pk"))


def suggested_since(since: datetime) -> list[Suggestion]:
    """Return what was suggested since an instant, the latest first."""
    found = Suggestion.objects.filter(until__gt=since)
    return list(found.select_related("agent", "by").order_by("-pk")[:20])

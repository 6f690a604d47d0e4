"""Whether the vendor's hours are over, and what starts when they begin again."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Min

from answerable.accounts.models import Agent
from answerable.entitlements.models import Contract, PlanVersion
from answerable.routing.models import QueueEntry
from answerable.routing.on_call import Place, on_call_at
from answerable.sla.calendars import calendar_of
from answerable.sla.core.hours import NeverOpen
from answerable.wallboard.queries.promises import first_name


@dataclass(frozen=True, slots=True)
class Closed:
    """Every calendar that promises are counted by is closed until an instant; so many clocks
    start then."""

    until: datetime
    starts: int
    on_duty: str


def closed_at(at: datetime) -> Closed | None:
    """Return until when everything is closed, or None where a calendar is open. Two queries,
    six more where it is closed.

    A calendar that is always open is one for critical tickets, mostly: where another is there
    beside it, that one says when the day begins.
    """
    in_force = Contract.objects.in_force(at).order_by().values("plan_version").distinct()
    versions = PlanVersion.objects.filter(pk__in=in_force).order_by("pk")
    calendars = {
        calendar
        for version in versions
        for calendar in version.terms.calendars.values()
        if not calendar.always
    }
    try:
        openings = [calendar_of(calendar).opening(at) for calendar in calendars]
    except NeverOpen:
        return None
    if not openings or min(openings) <= at:
        return None
    waiting = QueueEntry.objects.filter(kind="guarantee", band__lt=4, started_at__gt=at)
    found = waiting.aggregate(count=Count("pk"), first=Min("started_at"))
    return Closed(min(openings), found["count"], _on_duty(at))


def _on_duty(at: datetime) -> str:
    """Return who is on call, the first person where that is known, else who is on duty."""
    called = on_call_at(at)
    first = called[Place.FIRST] or called[Place.SECOND]
    agents = (
        Agent.objects.filter(pk=first)
        if first
        else Agent.objects.on_duty().filter(role=Agent.Role.AGENT)
    )
    names = agents.order_by("name").values_list("name", flat=True)
    return ", ".join(map(first_name, names[:3]))

"""Tickets, for programs."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router
from ninja.errors import HttpError

from answerable.api import shapes
from answerable.sla.models import Clock
from answerable.sla.why import Reader, clock_of, why_due
from answerable.tickets.access import visible_to

router = Router(tags=["tickets"])


@router.get("/{number}/why", response={200: shapes.Why, 404: shapes.Said})
def why(request: HttpRequest, number: int, zone: str = "UTC") -> dict[str, object]:
    """Return why a ticket's first reply is due when it is, or why nothing is promised.

    `zone` is the IANA name of the zone in which the words give times.
    """
    ticket = get_object_or_404(visible_to(request.user), pk=number)
    told = why_due(ticket, Reader(_zone(zone), now(), is_agent=True))
    clock = clock_of(ticket, Clock.Metric.FIRST_RESPONSE)
    return {
        "ticket": ticket.pk,
        "title": told.title,
        "due_at": clock.due_at if clock else None,
        "outcome": clock.outcome if clock else None,
        "refused": told.refused,
        "steps": list(told.steps),
        "changes": list(told.changes),
        "result": told.result,
        "text": told.as_text,
    }


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise HttpError(422, f"{name!r} is no time zone like Europe/Berlin.") from None

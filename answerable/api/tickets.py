"""Tickets, for programs."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router
from ninja.errors import HttpError

from answerable.api import shapes
from answerable.sla.why import Reader, why_all
from answerable.tickets.access import visible_to

router = Router(tags=["tickets"])


@router.get("/{number}/why", response={200: shapes.Why, 404: shapes.Said})
def why(request: HttpRequest, number: int, zone: str = "UTC") -> dict[str, object]:
    """Return why each promise of a ticket is due when it is, or why nothing is promised.

    `zone` is the IANA name of the zone in which the words give times.
    """
    ticket = get_object_or_404(visible_to(request.user), pk=number)
    reader = Reader(_zone(zone), now(), is_agent=True)
    return {
        "ticket": ticket.pk,
        "severity": ticket.severity,
        "product": ticket.product,
        "environment": ticket.environment,
        "promises": why_all(ticket, reader),
    }


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise HttpError(422, f"{name!r} is no time zone like Europe/Berlin.") from None

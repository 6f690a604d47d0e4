"""Tickets, for programs."""

from __future__ import annotations

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from ninja import Router
from ninja.errors import HttpError

from answerable.api import shapes
from answerable.files import capability
from answerable.files.words import held_words
from answerable.sla.why import Reader, why_all
from answerable.tickets.access import messages_for, visible_to
from answerable.tickets.models import Attachment

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


@router.get("/{number}/files", response={200: list[shapes.File], 404: shapes.Said})
def files(request: HttpRequest, number: int) -> list[dict[str, object]]:
    """Return the files of a ticket's messages, in the order in which they came."""
    ticket = get_object_or_404(visible_to(request.user), pk=number)
    messages = messages_for(request.user).filter(ticket=ticket)
    found = Attachment.objects.filter(message__in=messages).select_related("file")
    return [_file(one) for one in found.order_by("pk")]


def _file(one: Attachment) -> dict[str, object]:
    held = held_words(one.file)
    path = "" if held else capability.address("file", one.pk, name=one.name)
    return {
        "id": one.pk,
        "message": one.message_id,
        "name": one.name,
        "type": one.file.type,
        "size": one.file.size,
        "sha256": one.file.sha256,
        "url": path if "://" in path or not path else settings.ANSWERABLE_URL + path,
        "held": held,
    }


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise HttpError(422, f"{name!r} is no time zone like Europe/Berlin.") from None

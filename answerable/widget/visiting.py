"""Who looks for help in the panel: their visit, which the script names, and who they are; and
what they looked at before they came to us."""

from __future__ import annotations

from django.utils.timezone import now

from answerable.intake.asked import asked_in
from answerable.knowledge.actions.visiting import LONGEST_TOKEN, Visitor
from answerable.tickets.models import Ticket
from answerable.widget import answering
from answerable.widget.guards import WidgetRequest


def visitor_of(request: WidgetRequest) -> Visitor:
    """Return who asks; their token is "" where the script names no visit."""
    token = request.headers.get("X-Visit", "")[:LONGEST_TOKEN]
    surface = asked_in(request.POST).surface[:20]
    return Visitor(token if token.isalnum() else "", request.widget.contact, surface)


def keep_story(request: WidgetRequest, ticket: Ticket) -> None:
    """Keep with a ticket what was asked and read before it was sent."""
    keys = request.POST.get("read", "")[:200].split(",")
    read = [int(key) for key in keys if key.isascii() and key.isdigit() and len(key) < 19]
    said = answering.Said(read, request.POST.get("asked", "")[:200])
    answering.remember(ticket, visitor_of(request), said, at=now())

"""Who looks for help in the panel: their visit, which the script names, and who they are."""

from __future__ import annotations

from answerable.intake.asked import asked_in
from answerable.knowledge.actions.visiting import LONGEST_TOKEN, Visitor
from answerable.widget.guards import WidgetRequest


def visitor_of(request: WidgetRequest) -> Visitor:
    """Return who asks; their token is "" where the script names no visit."""
    token = request.headers.get("X-Visit", "")[:LONGEST_TOKEN]
    surface = asked_in(request.POST).surface[:20]
    return Visitor(token if token.isalnum() else "", request.widget.contact, surface)

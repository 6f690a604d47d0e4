"""Known incidents above the question, and following one of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now

from answerable.incidents.models import Follower
from answerable.intake.known import be_told, known_to
from answerable.widget.guards import (
    WidgetRequest,
    contact_required,
    for_widgets,
    person_of,
    session_required,
)


@for_widgets("POST")
@session_required
def known(request: WidgetRequest) -> HttpResponse:
    """Show what is known to be wrong now, when something about that changed."""
    return _part(request)


@for_widgets("POST")
@contact_required
def affected(request: WidgetRequest) -> HttpResponse:
    """Let somebody be told how an incident goes on; it may affect them, too."""
    asked, source = request.POST, Follower.Source.WIDGET
    person = person_of(request)
    be_told(person, asked.get("incident", ""), asked.get("what", ""), source=source, at=now())
    return _part(request)


def _part(request: WidgetRequest) -> HttpResponse:
    person = request.widget.contact
    context = {"known": known_to(person, now(), get_current_timezone()), "me": person}
    return render(request, "widget/_known.html", context)

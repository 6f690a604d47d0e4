"""The question, and its answers while it is typed."""

from __future__ import annotations

import logging

from django.db import Error
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import get_language

from answerable.widget import answering
from answerable.widget.guards import WidgetRequest, for_widgets, session_required
from answerable.widget.queries import first_view
from answerable.widget.visiting import visitor_of

log = logging.getLogger(__name__)

LONGEST_QUESTION = 300


@for_widgets("POST")
@session_required
def ask(request: WidgetRequest) -> HttpResponse:
    """Show the question by itself, as whoever comes back to it finds it."""
    person = request.widget.contact
    return render(request, "widget/ask.html", first_view(person, now()))


@for_widgets("POST")
@session_required
def answers(request: WidgetRequest) -> HttpResponse:
    """List what answers the question so far; a search that fails leaves the way to us open."""
    words = " ".join(request.POST.get("q", "").split())[:LONGEST_QUESTION]
    language = request.POST.get("locale", "")[:12] or get_language() or "en"
    try:
        found = answering.answers_to(words, language, visitor_of(request), at=now())
    except Error as error:
        log.warning("A search in the widget failed: %s", type(error).__name__)
        return render(request, "widget/_answers.html", {"q": words, "failed": True})
    return render(request, "widget/_answers.html", {"q": words, "found": found})

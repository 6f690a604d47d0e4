"""The panel's frame with its first view: all that is fetched when it is opened."""

from __future__ import annotations

import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import translation
from django.utils.timezone import now

from answerable.widget.guards import WidgetRequest, for_widgets, session_required
from answerable.widget.queries import first_view
from answerable.widget.words import contact_page, panel_words, standing_of_nobody


@for_widgets("POST")
@session_required
def frame(request: WidgetRequest) -> HttpResponse:
    """Show the head, the foot, and the question."""
    person = request.widget.contact
    context = first_view(person, now()) | {"words": json.dumps(panel_words())}
    return render(request, "widget/frame.html", context)


@for_widgets("POST")
def signed_out(request: HttpRequest) -> HttpResponse:
    """Show the panel to whom nobody vouches for: with the way to sign in."""
    locale = request.POST.get("locale", "")
    known = locale if locale in dict(settings.LANGUAGES) else translation.get_language()
    with translation.override(known):
        context = {
            "words": json.dumps(panel_words()),
            "contact_page": contact_page(),
            "standing": standing_of_nobody(),
        }
        return render(request, "widget/frame_signed_out.html", context)

"""How it went: what is sent from a resolved request in the panel."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now

from answerable.intake.surveying import answered
from answerable.surveys.models import Survey
from answerable.surveys.queries import survey_on
from answerable.widget.guards import WidgetRequest, contact_required, for_widgets, person_of
from answerable.widget.queries import visible


@for_widgets("POST")
@contact_required
def survey(request: WidgetRequest) -> HttpResponse:
    """Keep an answer, and show what may be added to it; or what is wrong with it. Where the
    question is gone meanwhile, nothing takes its place."""
    person = person_of(request)
    ticket = visible(person, request.POST.get("number", ""))
    if ticket is None:
        return render(request, "widget/missing.html", status=404)
    found = survey_on(ticket, person, now())
    asked = found and answered(found, request.POST.dict(), via=Survey.Via.WIDGET, at=now())
    status = 422 if asked and asked.problem else 200
    context = {"ticket": ticket, "asked": asked}
    return render(request, "widget/_survey.html", context, status=status)

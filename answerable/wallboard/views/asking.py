"""Asks colleagues for what would help, and shows what a forecast is made from."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.accounts.models import Agent
from answerable.forecast.actions import suggest
from answerable.forecast.crew import crew_at
from answerable.forecast.models import Suggestion
from answerable.forecast.queries import LOOKS_BACK, coverage, measured_since, newest_forecast
from answerable.lib.pages import wants_part
from answerable.tickets.models import Ticket
from answerable.wallboard.coming_words import coverage_words
from answerable.wallboard.forms import HelpForm
from answerable.wallboard.guards import lead_required
from answerable.wallboard.input_words import input_rows
from answerable.wallboard.queries.coming import HOUR
from answerable.wallboard.queries.promises import first_name
from answerable.wallboard.until import until_of
from answerable.wallboard.views.wall import frame

MEASURED_SHOWN = 48
CHANGED = "desk:changed"


@require_POST
@lead_required
def ask(request: AgentRequest, number: int, what: str) -> HttpResponse:
    """Ask somebody for what the forecast says would help."""
    if what not in {Suggestion.What.EMAIL, Suggestion.What.BACK}:
        raise Http404
    agent = get_object_or_404(Agent.objects.active(), pk=number)
    at = now()
    suggest(agent, what, by=request.agent, until=until_of(at), at=at)
    return _said(request, _("Asked {name}.").format(name=first_name(agent.name)))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@lead_required
def call_in_help(request: AgentRequest, number: int) -> HttpResponse:
    """Ask who could help with a ticket, or ask whom the form names."""
    ticket = get_object_or_404(Ticket, pk=number)
    at = now()
    there = [one.agent.pk for one in crew_at(at, at + HOUR).there]
    helpers = (
        Agent.objects.filter(pk__in=there).exclude(pk=ticket.assignee_id or 0).order_by("name")
    )
    form = HelpForm(request.POST if request.method == "POST" else None, helpers=helpers)
    if request.method == "POST" and form.is_valid():
        agent = form.cleaned_data["to"]
        what = Suggestion.What.HELP
        suggest(agent, what, by=request.agent, until=until_of(at), at=at, ticket=ticket)
        return _said(request, _("Asked {name}.").format(name=first_name(agent.name)))
    context = {"ticket": ticket, "form": form, "helpers": helpers}
    status = 422 if form.errors else 200
    if wants_part(request):
        return render(request, "wallboard/_help.html", context, status=status)
    return render(request, "wallboard/help_page.html", frame(request) | context, status=status)


@require_safe
@never_cache
@lead_required
def forecast(request: AgentRequest) -> HttpResponse:
    """What the forecast is made from, and how good those of the last 30 days were."""
    at = now()
    newest = newest_forecast(at)
    covered = coverage(at)
    context: dict[str, Any] = frame(request) | {
        "inputs": input_rows(newest.shown["inputs"]) if newest else [],
        "coverage": covered,
        "coverage_words": coverage_words(covered.percent),
        "measured": measured_since(at - LOOKS_BACK).order_by("-at")[:MEASURED_SHOWN],
    }
    return render(request, "wallboard/forecast.html", context)


def _said(request: HttpRequest, words: str) -> HttpResponse:
    """Answer an act: say what was done; the board fetches the rest."""
    if not wants_part(request):
        messages.success(request, words)
        return redirect("wallboard:wall")
    answer = HttpResponse(
        format_html('<div id="status" hx-swap-oob="innerHTML"><span>{}</span></div>', words)
    )
    answer.headers["HX-Trigger"] = CHANGED
    return answer

"""Satisfaction: what customers answered, its sheets, and what a lead has read."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.lib.sheets import sheet
from answerable.reports import satisfaction as page
from answerable.reports.asking import number_of
from answerable.reports.pages import frame
from answerable.reports.views.promises import for_leads
from answerable.sla.report_words import vendor_zone
from answerable.surveys.actions import mark_read
from answerable.surveys.models import Survey


@require_safe
@never_cache
@for_leads
def satisfaction(request: AgentRequest) -> HttpResponse:
    context = frame(request) | page.satisfaction_page(_asked(request))
    return render(request, "reports/satisfaction.html", context)


@require_safe
@for_leads
def sheet_of_lines(request: AgentRequest) -> HttpResponse:
    """The table as a sheet."""
    ask = _asked(request)
    return sheet("satisfaction.csv", page.heads(ask), page.cells(ask))


@require_safe
@for_leads
def sheet_of_answers(request: AgentRequest) -> HttpResponse:
    """Every answer as a sheet."""
    cells = page.answer_cells(_asked(request))
    return sheet("answers.csv", page.answer_heads(), cells)


@require_http_methods(["GET", "HEAD", "POST"])
@for_leads
def read(request: AgentRequest) -> HttpResponse:
    """Note that a lead has read an answer that asks for one."""
    if request.method == "POST":
        number = number_of(request.POST.get("number", "")) or 0
        survey = get_object_or_404(Survey.objects.for_leads(), pk=number)
        mark_read(survey, agent=request.agent, at=now())
    return redirect("reports:satisfaction")


def _asked(request: AgentRequest) -> page.Question:
    return page.question(request.GET.dict(), now(), vendor_zone())

"""Remedies: what is owed under which contract, for the claim."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.lib.sheets import sheet
from answerable.reports import owing
from answerable.reports.asking import LONGEST, MOST_PAGES, number_of
from answerable.reports.pages import frame

for_leads = agent_required(role=Agent.Role.LEAD)


@require_safe
@never_cache
@for_leads
def remedies(request: AgentRequest) -> HttpResponse:
    page = min(number_of(request.GET.get("page", "")) or 0, MOST_PAGES)
    context = owing.remedies_page(_name(request), page, now())
    return render(request, "reports/remedies.html", frame(request) | context)


@require_safe
@for_leads
def sheet_of_remedies(request: AgentRequest) -> HttpResponse:
    """All of them as a sheet."""
    cells = owing.sheet_rows(_name(request), now())
    return sheet("remedies.csv", owing.sheet_heads(), cells)


def _name(request: AgentRequest) -> str:
    return request.GET.get("name", "").replace("\x00", "").strip()[:LONGEST]

"""Promises kept: the figures of a month, the promises behind each number, and their sheets."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.lib.sheets import sheet
from answerable.reports import rows
from answerable.reports.asking import Question, question
from answerable.reports.pages import ROWS_A_PAGE, filters, frame, promises_page
from answerable.sla.core.counting import Standing
from answerable.sla.kept import Promises
from answerable.sla.listed import list_heads, listed_in
from answerable.sla.report_words import STANDS, vendor_zone

for_leads = agent_required(role=Agent.Role.LEAD)


@require_safe
@for_leads
def home(request: AgentRequest) -> HttpResponse:
    return redirect("reports:promises")


@require_safe
@never_cache
@for_leads
def promises(request: AgentRequest) -> HttpResponse:
    ask = asked_of(request)
    context = frame(request) | filters(ask, now()) | promises_page(ask, now())
    return render(request, "reports/promises.html", context)


@require_safe
@for_leads
def sheet_of_lines(request: AgentRequest) -> HttpResponse:
    """The table as a sheet, with all of its rows."""
    ask = asked_of(request)
    lines = Promises(ask.asked).lines(ask.by)
    name = f"report-{ask.month}.csv"
    return sheet(name, rows.sheet_heads(ask.by), rows.sheet_rows(lines, ask.by))


@require_safe
@never_cache
@for_leads
def listed(request: AgentRequest) -> HttpResponse:
    """The promises that a number counts."""
    ask = asked_of(request)
    found = Promises(ask.asked).that_are(ask.standing)
    count, end = found.count(), (ask.page + 1) * ROWS_A_PAGE
    context = {
        "rows": list(listed_in(found, page=ask.page, of=ROWS_A_PAGE)),
        "count": count,
        "more": ask.query(page=ask.page + 1) if end < count else "",
        "fewer": ask.query(page=ask.page - 1 or "") if ask.page else "",
        "stands": STANDS[Standing(ask.standing)] if ask.standing else "",
        "back": ask.query(standing=""),
    }
    page = frame(request) | filters(ask, now()) | context
    return render(request, "reports/list.html", page)


@require_safe
@for_leads
def sheet_of_list(request: AgentRequest) -> HttpResponse:
    """The same promises as a sheet, all of them."""
    ask, zone = asked_of(request), get_current_timezone()
    found = listed_in(Promises(ask.asked).that_are(ask.standing))
    cells = (row.cells(zone) for row in found)
    return sheet(f"promises-{ask.month}.csv", list_heads(_("Ticket")), cells)


def asked_of(request: AgentRequest) -> Question:
    """Return what the address asks for, by the vendor's calendar."""
    return question(request.GET.dict(), now(), vendor_zone())

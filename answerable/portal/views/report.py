"""The monthly report of promises kept, for Super Admins."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from answerable.accounts.guards import ContactRequest
from answerable.lib.paging import page_of
from answerable.lib.sheets import sheet
from answerable.portal.guards import REPORT, for_super_admins
from answerable.portal.queries import report as queries
from answerable.portal.report_pdf import pdf_of
from answerable.sla.listed import list_heads, listed_in
from answerable.sla.report_words import STANDS, vendor_zone

A_PAGE = 200


@require_safe
@for_super_admins(REPORT)
def report(request: ContactRequest) -> HttpResponse:
    """Show a month: what was promised, what was kept, and what was not."""
    ask = asked_of(request)
    context = {
        "ask": ask,
        "months": queries.months_offered(now(), ask.zone),
        "report": queries.report_of(request.contact, ask, now()),
        "me": request.contact,
    }
    return render(request, "portal/report.html", context)


@require_safe
@for_super_admins(REPORT)
def sheet_of_lines(request: ContactRequest) -> HttpResponse:
    """Give the table as a sheet."""
    ask = asked_of(request)
    rows = queries.sheet_rows(request.contact.customer, ask)
    return sheet(f"report-{ask.key}.csv", queries.sheet_heads(), rows)


@require_safe
@for_super_admins(REPORT)
def listed(request: ContactRequest) -> HttpResponse:
    """Show the promises that a number of the report counts."""
    ask = asked_of(request)
    found = queries.listed_for(request.contact.customer, ask)
    count, last = found.count(), (ask.page + 1) * A_PAGE
    shown = listed_in(found, page=ask.page, of=A_PAGE)
    context = {
        "ask": ask,
        "rows": list(queries.told_to(request.contact, shown)),
        "count": count,
        "stands": next((words for key, words in STANDS.items() if key == ask.standing), ""),
        "more": ask.page + 1 if last < count else None,
        "fewer": ask.page - 1 if ask.page else None,
        "me": request.contact,
    }
    return render(request, "portal/report_list.html", context)


@require_safe
@for_super_admins(REPORT)
def sheet_of_list(request: ContactRequest) -> HttpResponse:
    """Give the same promises as a sheet."""
    ask, zone = asked_of(request), get_current_timezone()
    found = listed_in(queries.listed_for(request.contact.customer, ask))
    cells = (row.cells(zone) for row in queries.told_to(request.contact, found))
    return sheet(f"promises-{ask.key}.csv", list_heads(_("Request")), cells)


@require_safe
@for_super_admins(REPORT)
def printed(request: ContactRequest) -> HttpResponse:
    """Give the report as a PDF."""
    me, ask = request.contact, asked_of(request)
    report = queries.report_of(me, ask, now())
    answer = HttpResponse(pdf_of(report, ask, me.customer), content_type="application/pdf")
    name = f'attachment; filename="report-{ask.key}.pdf"'
    answer.headers["Content-Disposition"] = name
    return answer


@require_safe
@for_super_admins(REPORT)
def without_promise(request: ContactRequest) -> HttpResponse:
    """Show the requests of a month that were promised nothing."""
    me, ask = request.contact, asked_of(request)
    found = queries.unpromised_for(me, ask)
    page = page_of(found, request.GET.get("page", "1"), size=A_PAGE)
    context = {"ask": ask, "page": page, "count": found.count(), "me": me}
    return render(request, "portal/report_unpromised.html", context)


def asked_of(request: ContactRequest) -> queries.Question:
    """Return what the address asks for, by the vendor's calendar."""
    return queries.question(request.GET.dict(), now(), vendor_zone())

"""The monthly report of promises kept, for Super Admins."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AnyView, ContactRequest, contact_required
from answerable.accounts.models import Contact
from answerable.lib.sheets import sheet
from answerable.portal.queries import report as queries
from answerable.sla.listed import list_heads, listed_in
from answerable.sla.report_words import STANDS, vendor_zone

A_PAGE = 200
View = Callable[[ContactRequest], HttpResponse]


def for_super_admins(view: View) -> AnyView[[]]:
    """Let Super Admins in; tell others whom to ask."""

    @require_safe
    @never_cache
    @contact_required
    @wraps(view)
    def guarded(request: ContactRequest) -> HttpResponse:
        if request.contact.product_role == Contact.Role.SUPER_ADMIN:
            return view(request)
        names = _(" or ").join(queries.super_admins_of(request.contact.customer))
        return render(request, "portal/report_closed.html", {"names": names}, status=403)

    return guarded


@for_super_admins
def report(request: ContactRequest) -> HttpResponse:
    """Show a month: what was promised, what was kept, and what was not."""
    ask = asked_of(request)
    context = {
        "ask": ask,
        "months": queries.months_offered(now(), ask.zone),
        "report": queries.report_of(request.contact.customer, ask, now()),
        "me": request.contact,
    }
    return render(request, "portal/report.html", context)


@for_super_admins
def sheet_of_lines(request: ContactRequest) -> HttpResponse:
    """Give the table as a sheet."""
    ask = asked_of(request)
    rows = queries.sheet_rows(request.contact.customer, ask)
    return sheet(f"report-{ask.key}.csv", queries.sheet_heads(), rows)


@for_super_admins
def listed(request: ContactRequest) -> HttpResponse:
    """Show the promises that a number of the report counts."""
    ask = asked_of(request)
    found = queries.listed_for(request.contact.customer, ask)
    count, last = found.count(), (ask.page + 1) * A_PAGE
    context = {
        "ask": ask,
        "rows": list(listed_in(found, page=ask.page, of=A_PAGE)),
        "count": count,
        "stands": next((words for key, words in STANDS.items() if key == ask.standing), ""),
        "more": ask.page + 1 if last < count else None,
        "fewer": ask.page - 1 if ask.page else None,
        "me": request.contact,
    }
    return render(request, "portal/report_list.html", context)


@for_super_admins
def sheet_of_list(request: ContactRequest) -> HttpResponse:
    """Give the same promises as a sheet."""
    ask, zone = asked_of(request), get_current_timezone()
    found = listed_in(queries.listed_for(request.contact.customer, ask))
    cells = (row.cells(zone) for row in found)
    return sheet(f"promises-{ask.key}.csv", list_heads(_("Request")), cells)


def asked_of(request: ContactRequest) -> queries.Question:
    """Return what the address asks for, by the vendor's calendar."""
    return queries.question(request.GET.dict(), now(), vendor_zone())

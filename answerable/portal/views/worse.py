"""A request got worse: its customer calls it business-critical, after it was sent."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.portal.forms import WorseForm
from answerable.portal.queries.people import may_worsen, rubric_of
from answerable.portal.views.requests import visible
from answerable.sla.actions.reclassifying import terms_held
from answerable.sla.queries import due_at_severity
from answerable.sla.why import reply_clock_of
from answerable.tickets import actions
from answerable.tickets.models import CRITICAL, Claim, Ticket


@require_http_methods(["GET", "HEAD", "POST"])
@contact_required
def worse(request: ContactRequest, number: int) -> HttpResponse:
    """Ask what is blocked now, and call the request business-critical."""
    ticket = visible(request, number, writes=True)
    if Claim.objects.filter(ticket=ticket).exists() or not may_worsen(ticket):
        return redirect("portal:request", number=number)
    rubric = rubric_of(terms_held(ticket))
    form = WorseForm(request.POST if request.method == "POST" else None, rubric=rubric)
    if form.is_valid():
        # Where a colleague was quicker, the request shows what they said.
        with suppress(actions.ClaimMade):
            actions.make_claim(ticket, form.impact, contact=request.contact, at=now())
        return redirect("portal:request", number=number)
    context = {
        "ticket": ticket,
        "form": form,
        "due": _due(ticket, now()),
        "me": request.contact,
    }
    status = 422 if form.errors else 200
    return render(request, "portal/worse.html", context, status=status)


def _due(ticket: Ticket, at: datetime) -> datetime | None:
    """Return when a reply is guaranteed then, if one is and that is still ahead."""
    clock = reply_clock_of(ticket)
    if clock is None or clock.answered_at:
        return None
    promised = due_at_severity(clock, CRITICAL, at)
    is_guaranteed = promised is not None and promised.row.kind == "guarantee"
    return promised.due.at if promised and is_guaranteed and promised.due.at > at else None

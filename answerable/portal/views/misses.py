"""A customer asks for another look at what excused a missed promise."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.intake.shown.panel import missed_on
from answerable.portal.forms import AppealForm
from answerable.portal.views.requests import visible
from answerable.sla import actions
from answerable.sla.misses import Said, said_of
from answerable.tickets.models import Ticket


@require_http_methods(["GET", "HEAD", "POST"])
@contact_required
def appeal(request: ContactRequest, number: int, clock: int) -> HttpResponse:
    """Ask what is wrong with an excuse, and send it to a lead who did not record it."""
    ticket = visible(request, number, writes=True)
    miss = _excused(ticket, clock)
    if miss.excuse is None or not miss.may_be_appealed:
        return redirect("portal:request", number=number)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        # Where a colleague was quicker, the request shows what they wrote.
        with suppress(actions.NoAppeal):
            actions.appeal(miss.excuse, contact=request.contact, words=words, at=now())
        return redirect("portal:request", number=number)
    context = {"ticket": ticket, "excuse": miss.excuse, "form": form, "me": request.contact}
    status = 422 if form.errors else 200
    return render(request, "portal/appeal.html", context, status=status)


def _excused(ticket: Ticket, clock: int) -> Said:
    found = next(said_of(missed_on(ticket).filter(pk=clock)), None)
    if found is None or found.excuse is None:
        raise Http404
    return found

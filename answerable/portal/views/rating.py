"""What a customer does about how a request is rated: another severity, another look."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.intake.shown.panel import lead_name, panel_of
from answerable.portal.forms import AppealForm, ChangeForm
from answerable.portal.queries.severity import severities_for
from answerable.portal.views.requests import visible
from answerable.sla import actions
from answerable.tickets.actions import ask_for_another_look


@require_http_methods(["GET", "HEAD", "POST"])
@contact_required
def another_look(request: ContactRequest, number: int) -> HttpResponse:
    """Ask what a customer sees differently, and send it to a lead."""
    ticket = visible(request, number, writes=True)
    rated = panel_of(ticket, now(), get_current_timezone()).rated
    if rated is None or rated.look not in {"object", "ask"}:
        return redirect("portal:request", number=number)
    form = AppealForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        words = form.cleaned_data["words"]
        ask_for_another_look(ticket, contact=request.contact, reason=words, at=now())
        return redirect("portal:request", number=number)
    context = {
        "ticket": ticket,
        "form": form,
        "lead": lead_name(),
        "once": rated.look == "object",
        "me": request.contact,
    }
    status = 422 if form.errors else 200
    return render(request, "portal/another_look.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@contact_required
def severity(request: ContactRequest, number: int) -> HttpResponse:
    """Let a customer change the severity, for as long as their plan lets them."""
    ticket = visible(request, number, writes=True)
    page = severities_for(ticket, now())
    if page is None:
        return redirect("portal:request", number=number)
    posted = request.POST if request.method == "POST" else None
    form = ChangeForm(posted, page=page, initial={"severity": ticket.severity})
    if form.is_valid() and form.said:
        # Where somebody was quicker, the request shows what they decided.
        with suppress(actions.NotAllowed):
            actions.reclassify(
                ticket,
                form.said.severity,
                by=request.contact,
                reason="",
                answers=form.said.answers,
                at=now(),
            )
        return redirect("portal:request", number=number)
    context = {"ticket": ticket, "form": form, "page": page, "me": request.contact}
    status = 422 if form.errors else 200
    return render(request, "portal/severity.html", context, status=status)

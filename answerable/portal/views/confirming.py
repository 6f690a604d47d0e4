"""A colleague's request that somebody is asked to confirm, so that their guarantee applies."""

from __future__ import annotations

from contextlib import suppress

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.intake.confirming import promised_by
from answerable.tickets.actions import NotAsked, decline_to_endorse, endorse
from answerable.tickets.models import Endorsement, Message, Ticket


@require_http_methods(["GET", "HEAD", "POST"])
@contact_required
def confirm(request: ContactRequest, number: int) -> HttpResponse:
    """Show what a colleague sent and what confirming it would promise; confirm or decline it.

    Whoever was asked may see it, whether or not they see their colleagues' requests.
    """
    asked = _asked(request, number)
    if request.method == "POST" and not asked.outcome:
        _say(asked.ticket, request)
        return redirect("portal:confirm", number=number)
    context = {
        "asked": asked,
        "ticket": asked.ticket,
        "message": asked.ticket.messages.filter(kind=Message.Kind.MESSAGE).earliest("pk"),
        "offer": promised_by(request.contact, asked.ticket, now()),
        "me": request.contact,
    }
    return render(request, "portal/confirm.html", context)


def _asked(request: ContactRequest, number: int) -> Endorsement:
    if number >= 2**63:
        raise Http404
    rows = Endorsement.objects.select_related("ticket__customer", "asked_by")
    return get_object_or_404(rows, ticket=number, contact=request.contact)


def _say(ticket: Ticket, request: ContactRequest) -> None:
    if "decline" in request.POST:
        with suppress(NotAsked):  # A colleague was quicker.
            decline_to_endorse(ticket, contact=request.contact, at=now())
    else:
        endorse(ticket, contact=request.contact, at=now())

"""Who sees a request: colleagues who are let in, and whether it is private."""

from __future__ import annotations

from contextlib import suppress

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from answerable.accounts.guards import ContactRequest, contact_required
from answerable.accounts.models import Contact
from answerable.portal.views.requests import visible
from answerable.tickets import actions
from answerable.tickets.access import seen_by

REFUSED = (actions.NotTheirs, actions.TooManyNamed)


@require_POST
@contact_required
def name(request: ContactRequest, number: int) -> HttpResponse:
    """Let a colleague see a request."""
    ticket, me = visible(request, number, writes=True), request.contact
    key = request.POST.get("contact", "")
    colleagues = Contact.objects.filter(customer=me.customer_id, left_at=None)
    if key.isdecimal() and len(key) < 10:
        colleague = get_object_or_404(colleagues, pk=int(key))
        # Where somebody was quicker, or it is private by now, the page shows how it stands.
        with suppress(*REFUSED):
            actions.name_participant(ticket, colleague, contact=me, at=now())
    return redirect("portal:request", number=number)


@require_POST
@contact_required
def unname(request: ContactRequest, number: int, participant: int) -> HttpResponse:
    """Let somebody no longer see a request; who leaves it themselves is led to their list."""
    ticket, me = visible(request, number, writes=True), request.contact
    with suppress(*REFUSED):
        actions.unname_participant(ticket, participant, contact=me, at=now())
    return redirect(_back(request, number))


@require_POST
@contact_required
def privacy(request: ContactRequest, number: int) -> HttpResponse:
    """Make a request private, or show it to colleagues again."""
    ticket = visible(request, number, writes=True)
    with suppress(*REFUSED):
        is_private = request.POST.get("private") == "yes"
        actions.make_private(ticket, is_private=is_private, contact=request.contact, at=now())
    return redirect("portal:request", number=number)


def _back(request: ContactRequest, number: int) -> str:
    is_seen = seen_by(request.contact).filter(pk=number).exists()
    return reverse("portal:request", args=[number]) if is_seen else reverse("portal:requests")

"""Somebody new at an account that we know, for whom a new ticket is."""

from __future__ import annotations

from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.actions import AddressTaken
from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent, Contact, Customer
from answerable.accounts.team.actions import add_person
from answerable.desk.new_forms import PersonForm
from answerable.desk.pages import frame_context


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def person(request: AgentRequest, token: UUID) -> HttpResponse:
    """Ask who it is, add them, and go on with the ticket."""
    asked = request.POST if request.method == "POST" else request.GET
    customer = _customer(asked.get("customer", ""))
    typed = {"email": asked.get("email", "")[:254], "name": asked.get("name", "")[:200]}
    form = PersonForm(request.POST if request.method == "POST" else None, initial=typed)
    taken = None
    if form.is_valid():
        email = form.cleaned_data["email"]
        try:
            if Agent.objects.filter(user__email__iexact=email).exists():
                raise AddressTaken(email)
            added = add_person(
                customer,
                name=form.cleaned_data["name"],
                email=email,
                by=request.agent,
                at=now(),
            )
            return _go_on(token, added)
        except AddressTaken:
            people = Contact.objects.filter(email__iexact=email, left_at=None)
            taken = people.select_related("customer").first()
            form.add_error("email", _("Enter an address that nobody else has"))
    context = frame_context(request) | {
        "view": "new",
        "token": token,
        "customer": customer,
        "form": form,
        "taken": taken,
    }
    status = 422 if form.errors else 200
    return render(request, "desk/new/add_person.html", context, status=status)


def _go_on(token: UUID, contact: Contact) -> HttpResponse:
    address = reverse("desk:new_ticket", args=[token])
    return redirect(f"{address}?{urlencode({'person': contact.pk})}")


def _customer(number: str) -> Customer:
    is_number = number.isascii() and number.isdigit() and len(number) < 19
    customer = Customer.objects.filter(pk=int(number)).first() if is_number else None
    if customer is None:
        raise Http404
    return customer

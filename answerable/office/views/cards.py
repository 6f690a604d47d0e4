"""Account cards as an administrator sets them up: who is asked, and a test of each."""

from __future__ import annotations

import json

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest
from answerable.cards import actions
from answerable.cards.asking import client_for, request_of
from answerable.cards.models import CardSource
from answerable.cards.words import why
from answerable.office.card_forms import SourceForm, TryForm
from answerable.office.pages import administrator_required, frame
from answerable.tickets.models import Ticket


@require_safe
@never_cache
@administrator_required
def sources(request: AgentRequest) -> HttpResponse:
    """List the systems that are asked."""
    kept = CardSource.objects.filter(retired_at=None).order_by("place", "pk")
    return _shown(request, "cards", _("Account cards"), sources=kept)


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def new(request: AgentRequest) -> HttpResponse:
    """Name another system; a secret that we made is shown on this one answer."""
    form = SourceForm(CardSource(), request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _shown(request, "card", _("New system"), form=form)
    described = form.described()
    made = actions.save_source(CardSource(), described, agent=request.agent, at=now())
    is_ours = not request.POST.get("secret", "").strip()
    secret = described.secret if is_ours else ""
    return _shown(request, "card_made", made.name, source=made, secret=secret)


@sensitive_post_parameters("secret")
@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def one(request: AgentRequest, number: int) -> HttpResponse:
    """Change a system."""
    source = _source(number)
    initial = {name: getattr(source, name) for name in SourceForm.base_fields}
    initial["secret"] = ""
    posted = request.POST if request.method == "POST" else None
    form = SourceForm(source, posted, initial=initial)
    if form.is_valid():
        actions.save_source(source, form.described(), agent=request.agent, at=now())
        messages.success(request, _("Saved."))
        return redirect("office:cards")
    return _shown(request, "card", source.name, form=form, source=source)


@require_POST
@administrator_required
def retire(request: AgentRequest, number: int) -> HttpResponse:
    """Ask a system no more."""
    source = _source(number)
    actions.retire_source(source, agent=request.agent, at=now())
    messages.success(request, _("{name} is removed.").format(name=source.name))
    return redirect("office:cards")


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def test(request: AgentRequest, number: int) -> HttpResponse:
    """Ask a system about a ticket, and show what is sent, what it says, and how that looks."""
    source, at = _source(number), now()
    form = TryForm(request.POST if request.method == "POST" else None)
    more: dict[str, object] = {}
    if form.is_valid():
        ticket = _ticket(form.cleaned_data["number"])
        if ticket is None:
            form.add_error("number", _("There is no ticket with this number."))
        else:
            asked = request_of(source, ticket, request.agent, at)
            heard = actions.ask_source(source, asked, by=client_for(source), at=at)
            trouble = why(heard.reason, heard.values or {}) if heard.reason else ""
            more = {
                "asked": json.dumps(asked, ensure_ascii=False, indent=2),
                "heard": heard,
                "trouble": trouble,
            }
    return _shown(request, "card_test", source.name, form=form, source=source, **more)


def _source(number: int) -> CardSource:
    kept = CardSource.objects.filter(retired_at=None)
    found = kept.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    return found


def _ticket(number: int) -> Ticket | None:
    known = Ticket.objects.select_related("customer", "requester")
    return known.filter(pk=number).first()


def _shown(request: AgentRequest, page: str, title: str, **more: object) -> HttpResponse:
    context = frame(request, title) | {"section": "cards"} | more
    status = 422 if getattr(more.get("form"), "errors", None) else 200
    return render(request, f"office/{page}.html", context, status=status)

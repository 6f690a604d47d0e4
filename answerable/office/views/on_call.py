"""Who is on call in the coming weeks, by rotas and covers, and who changed that."""

from __future__ import annotations

from datetime import UTC

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest
from answerable.lib.paging import page_of
from answerable.office.on_call_forms import TurnsForm
from answerable.office.pages import administrator_required, frame
from answerable.routing.actions import rotas
from answerable.routing.core.rota import Plan
from answerable.routing.cover_form import CoverForm, shift_asked
from answerable.routing.models import Cover, OnCallChange
from answerable.routing.on_call import MOMENT, plan_of
from answerable.routing.on_call_plan import covers_ahead, on_call_plan
from answerable.routing.on_call_words import PLACES, change_words, rota_words

CHANGES = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def on_call(request: AgentRequest) -> HttpResponse:
    """Show four weeks of who is on call, what is wrong, and who changed it; enter a cover."""
    at, zone = now(), get_current_timezone()
    data = request.POST if request.method == "POST" else None
    filled = shift_asked(request.GET, zone)
    form = CoverForm(zone, at, data, initial=filled)
    if form.is_bound and form.is_valid():
        covering = rotas.cover(form.stretch(), by=request.agent, at=at)
        words = _("Saved. {name} covers.").format(name=covering.agent.name)
        messages.success(request, words)
        return redirect("office:on_call")
    changes = OnCallChange.objects.select_related("by").order_by("-pk")
    page = page_of(changes, request.GET.get("page", "1"), size=CHANGES)
    context = _frame(request, _("On call")) | {
        "form": form,
        "plan": on_call_plan(request.agent, at, zone),
        "covers": covers_ahead(at, zone),
        "page": page,
        "changes": [(change, change_words(change, zone)) for change in page.rows],
    }
    return render(request, "office/on_call.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def rota(request: AgentRequest, place: str) -> HttpResponse:
    """Show who takes turns at a place, and enter who does from a hand-over on."""
    if place not in PLACES:
        raise Http404
    at = now()
    plan = plan_of(place, at, at + MOMENT)
    form = TurnsForm(plan, request.agent, at, request.POST or None)
    if form.is_bound and form.is_valid():
        rotas.save_rota(place, form.turns(), by=request.agent, at=at)
        messages.success(request, _("Saved."))
        return redirect("office:on_call")
    context = _frame(request, str(PLACES[place])) | {
        "form": form,
        "place": place,
        "rotas": _rotas(plan, form),
    }
    return render(
        request, "office/on_call_rota.html", context, status=422 if form.errors else 200
    )


@require_POST
@administrator_required
def uncover(request: AgentRequest, number: int) -> HttpResponse:
    """Take a cover back."""
    found = Cover.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    rotas.uncover(found, by=request.agent, at=now())
    messages.success(request, _("Removed."))
    return redirect("office:on_call")


def _rotas(plan: Plan, form: TurnsForm) -> list[tuple[object, str]]:
    """Return the rotas that count, or will, each with from when on."""
    names = {agent.pk: agent.name for agent in form.agents}
    at = form.at.astimezone(UTC)
    shown = [one for one in plan.rotas if one.counts_from > at]
    counting = [one for one in plan.rotas if one.counts_from <= at][-1:]
    return [(one.counts_from, rota_words(one, names)) for one in [*counting, *shown]]


def _frame(request: AgentRequest, title: str) -> dict[str, object]:
    return frame(request, title) | {"section": "on_call"}

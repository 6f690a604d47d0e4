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
from answerable.lib.pages import page_or_part
from answerable.lib.paging import page_of
from answerable.office.on_call_forms import TurnsForm
from answerable.office.pages import administrator_required, frame
from answerable.office.queries.on_call_week import drawn_week
from answerable.routing.actions import rotas
from answerable.routing.cover_form import CoverForm, shift_asked
from answerable.routing.models import Cover, OnCallChange, Rota
from answerable.routing.on_call import MOMENT, plan_of
from answerable.routing.on_call_plan import covers_ahead, on_call_plan, rota_lines
from answerable.routing.on_call_week import usual_week
from answerable.routing.on_call_words import PLACES, change_words

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
    plan = on_call_plan(request.agent, at, zone)
    context = _frame(request, _("On call")) | {
        "form": form,
        "plan": plan,
        "drawn": [
            (PLACES[place], drawn_week(week, plan.names)) for place, week in plan.usual.items()
        ],
        "covers": covers_ahead(at, zone),
        "page": page,
        "changes": [(change, change_words(change, zone)) for change in page.rows],
    }
    return render(request, "office/on_call.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def another(request: AgentRequest, place: str) -> HttpResponse:
    """Enter one more rota of a place, or its first."""
    return _entering(request, place)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@administrator_required
def rota(request: AgentRequest, place: str, first: int) -> HttpResponse:
    """Show who takes turns by a rota, and enter who does from a hand-over on."""
    known = Rota.objects.filter(place=place, renews=None)
    if first >= 2**63 or not known.filter(pk=first).exists():
        raise Http404
    return _entering(request, place, first)


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


def _entering(request: AgentRequest, place: str, first: int | None = None) -> HttpResponse:
    """Show the form for a rota; with `show` the week as it would be, else keep it."""
    if place not in PLACES:
        raise Http404
    at = now()
    plan = plan_of(place, at, at + MOMENT)
    form = TurnsForm(plan, request.agent, at, request.POST or None, renews=first)
    is_shown = "show" in request.POST
    if form.is_bound and form.is_valid() and not is_shown:
        rotas.save_rota(place, form.turns(), by=request.agent, at=at, renews=first)
        messages.success(request, _("Saved."))
        return redirect("office:on_call")
    names = {agent.pk: agent.name for agent in form.agents}
    context = _frame(request, str(PLACES[place])) | {
        "form": form,
        "place": place,
        "first": first,
        "rotas": rota_lines(plan, names, at.astimezone(UTC)),
        **_week(form, names),
    }
    page, part = "office/on_call_rota.html", "office/parts/_rota_week.html"
    status = 422 if form.errors and not is_shown else 200
    return page_or_part(request, page, part, context, status=status)


def _week(form: TurnsForm, names: dict[int, str]) -> dict[str, object]:
    """Return the week as it is, or would be with what was entered, and what cuts a shift."""
    if form.is_bound and not form.is_valid():
        return {"is_unread": True}
    plan, entered = form.as_planned() if form.is_bound else (form.plan, None)
    week = usual_week(plan, form.at)
    return {
        "week": drawn_week(week, names) if week else None,
        "cut_at": entered.cut_at if entered else None,
    }


def _frame(request: AgentRequest, title: str) -> dict[str, object]:
    return frame(request, title) | {"section": "on_call"}

"""Who is on call, for everybody at the desk: one's own shifts, covers, a calendar of them."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import frame_context
from answerable.live.queries import newest_number
from answerable.routing.actions import rotas
from answerable.routing.cover_form import CoverForm, shift_asked
from answerable.routing.models import Cover, ShiftCalendar
from answerable.routing.on_call_plan import covers_ahead, on_call_plan
from answerable.routing.shift_calendar import calendar_reader, shift_calendar


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def on_call(request: AgentRequest) -> HttpResponse:
    """Show who is on call and this agent's shifts; enter a cover of theirs, or by them."""
    at, zone = now(), get_current_timezone()
    data = request.POST if request.method == "POST" else None
    filled = shift_asked(request.GET, zone)
    form = CoverForm(zone, at, data, initial=filled)
    if form.is_bound and form.is_valid() and _covered(request, form):
        return redirect("desk:on_call")
    return _shown(request, form)


@require_POST
@agent_required
def uncover(request: AgentRequest, number: int) -> HttpResponse:
    """Take a cover back that is this agent's, or that they entered."""
    found = Cover.objects.filter(pk=number).first() if number < 2**63 else None
    if found is None:
        raise Http404
    try:
        rotas.uncover(found, by=request.agent, at=now())
    except rotas.NotTheirs as other:
        raise Http404 from other
    messages.success(request, _("Removed."))
    return redirect("desk:on_call")


@require_POST
@never_cache
@agent_required
def make_calendar(request: AgentRequest) -> HttpResponse:
    """Make the address under which a calendar follows this agent's shifts, and show it once."""
    token = rotas.make_calendar(request.agent, at=now())
    address = settings.ANSWERABLE_URL + reverse("desk_calendar:shifts", args=[token])
    form = CoverForm(get_current_timezone(), now())
    return _shown(request, form, address=address)


@require_POST
@agent_required
def end_calendar(request: AgentRequest) -> HttpResponse:
    """Let no calendar follow this agent's shifts any more."""
    rotas.end_calendar(request.agent)
    messages.success(request, _("No calendar follows your shifts any more."))
    return redirect("desk:on_call")


@require_safe
@never_cache
def calendar(request: HttpRequest, token: str) -> HttpResponse:
    """Hand out the shifts of whoever a token is of; a stranger finds no such page."""
    agent = calendar_reader(token)
    if agent is None:
        raise Http404
    answer = HttpResponse(
        shift_calendar(agent, now()), content_type="text/calendar; charset=utf-8"
    )
    answer.headers["Content-Disposition"] = 'inline; filename="on-call.ics"'
    return answer


def _covered(request: AgentRequest, form: CoverForm) -> bool:
    """Keep a cover, or say on the form that it is not theirs to enter."""
    try:
        covering = rotas.cover(form.stretch(), by=request.agent, at=form.at)
    except rotas.NotTheirs:
        words = _(
            "You can cover for others, or have your own shifts covered. Not all this is yours."
        )
        form.add_error("agent", words)
        return False
    messages.success(request, _("Saved. {name} covers.").format(name=covering.agent.name))
    return True


def _shown(request: AgentRequest, form: CoverForm, address: str = "") -> HttpResponse:
    at, zone = now(), get_current_timezone()
    plan = on_call_plan(request.agent, at, zone)
    context = frame_context(request) | {
        "after": newest_number(),
        "view": "notices",
        "form": form,
        "plan": plan,
        "covers": covers_ahead(at, zone),
        "followed": ShiftCalendar.objects.filter(agent=request.agent).first(),
        "address": address,
    }
    return render(request, "desk/on_call.html", context, status=422 if form.errors else 200)

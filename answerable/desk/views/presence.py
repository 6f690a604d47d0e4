"""Who is there: pages that say so every few seconds, and the status that agents choose."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts import actions as accounts
from answerable.accounts.guards import AgentRequest, agent_required
from answerable.channels.voice import actions as voice
from answerable.desk.pages import said
from answerable.desk.queries.company import company_data
from answerable.desk.queries.standing import SAID, foot_of
from answerable.routing import actions as routing
from answerable.routing.actions import NOWHERE
from answerable.routing.models import Presence

LONGEST_NUMBER = 18
PART = "desk/parts/_standing.html"


@require_POST
@agent_required
def here(request: AgentRequest) -> HttpResponse:
    """A page of this agent is open, and where it is; answer how they stand, and a page of the
    desk also who else is on which ticket."""
    number = request.POST.get("ticket", "")
    is_number = number.isascii() and number.isdigit() and len(number) <= LONGEST_NUMBER
    on = routing.On(int(number), request.POST.get("doing", "")) if is_number else NOWHERE
    routing.heard(request.agent, request.POST.get("page", ""), at=now(), on=on)
    if "company" not in request.POST:
        return _shown(request)
    return _shown(request, company=company_data(request.agent, now()))


@require_safe
@never_cache
@agent_required
def company(request: AgentRequest) -> HttpResponse:
    """Who else is on which ticket just now."""
    answer = JsonResponse(company_data(request.agent, now()))
    answer.headers["Cache-Control"] = "no-store"
    return answer


@require_POST
@agent_required
def gone(request: AgentRequest) -> HttpResponse:
    """A page of this agent was closed."""
    routing.closed(request.agent, request.POST.get("page", ""), at=now())
    return HttpResponse(status=204)


@require_safe
@never_cache
@agent_required
def standing(request: AgentRequest) -> HttpResponse:
    """How this agent stands, as the foot of a page says it."""
    return _shown(request)


@require_POST
@agent_required
def status(request: AgentRequest) -> HttpResponse:
    """Stand as the agent says: available, finishing, away or offline.

    Who says that they are available needs no more time after their last call.
    """
    chosen = request.POST.get("status", "")
    if chosen not in SAID:
        return HttpResponse(status=400)
    routing.set_status(request.agent, chosen, at=now())
    if chosen == Presence.Status.AVAILABLE:
        voice.be_ready(request.agent, at=now())
    foot = foot_of(request.agent, now())
    return said(request, None, str(SAID[chosen]), part=PART, standing=foot)


@require_POST
@agent_required
def duty(request: AgentRequest) -> HttpResponse:
    """Go on duty, or off: only agents on duty are told of claims."""
    on_duty = request.POST.get("on") == "1"
    accounts.set_duty(request.agent, on_duty=on_duty)
    request.agent.on_duty = on_duty
    words = _("You are on duty.") if on_duty else _("You are off duty.")
    return said(request, None, words, part=PART, standing=foot_of(request.agent, now()))


def _shown(request: AgentRequest, **more: object) -> HttpResponse:
    answer = render(request, PART, {"standing": foot_of(request.agent, now()), **more})
    answer.headers["Cache-Control"] = "no-store"
    return answer

"""What the command palette asks for: what it has at once, and what a search finds."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.key_words import is_of_mac
from answerable.desk.pages import found, number_in
from answerable.desk.queries.palette import Asking, commands_for, found_for, places_of

LONGEST = 200


@require_safe
@never_cache
@agent_required
def commands(request: AgentRequest) -> HttpResponse:
    """Every command and place, which the page keeps."""
    agent = request.agent
    offered = commands_for(agent, is_mac=is_of_mac(request))
    return JsonResponse({"commands": offered, "places": places_of(agent)})


@require_safe
@never_cache
@agent_required
def find(request: AgentRequest) -> HttpResponse:
    """What is found of what was typed so far."""
    number = number_in(request, "ticket")
    asking = Asking(
        reader=request.user,
        agent=request.agent,
        text=request.GET.get("q", "")[:LONGEST],
        ticket=found(request, number) if number else None,
        at=timezone.now(),
        zone=timezone.get_current_timezone(),
    )
    return JsonResponse(found_for(asking))

"""Offers: claimed tickets that nobody has taken, shown to those who were told of them."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import CHANGED, found, said, trigger
from answerable.desk.queries.offers import offer_cards
from answerable.desk.words import first_name
from answerable.lib.pages import wants_part
from answerable.routing import actions as routing
from answerable.tickets import actions


@require_safe
@never_cache
@agent_required
def offers(request: AgentRequest) -> HttpResponse:
    """The cards of this agent; for those the page had, who took the ticket meanwhile."""
    have = [
        int(number) for number in request.GET.get("have", "").split(",") if number.isdecimal()
    ]
    cards = offer_cards(request.agent, have=have[:20], at=now(), zone=get_current_timezone())
    return render(request, "desk/parts/_offers.html", {"cards": cards})


@require_POST
@agent_required
def claim(request: AgentRequest, number: int) -> HttpResponse:
    """Take an offered ticket; the first one wins, and the others are told who."""
    ticket = found(request, number)
    routing.mark_seen(request.agent, ticket=ticket, at=now())
    try:
        actions.take(ticket, agent=request.agent, at=now())
    except actions.TakenByOther as taken:
        return said(
            request, ticket, _("{name} took it").format(name=first_name(taken.agent.name))
        )
    answer = said(request, ticket, _("Took #{number}.").format(number=number))
    if wants_part(request):
        address = reverse("desk:queue_ticket", args=["all", number])
        trigger(answer, CHANGED, **{"desk:open": {"address": address}})
    return answer


@require_POST
@agent_required
def later(request: AgentRequest, number: int) -> HttpResponse:
    """Put an offer away; the next step of the ladder may bring it back."""
    ticket = found(request, number)
    routing.mark_seen(request.agent, ticket=ticket, at=now())
    return said(request, ticket, _("Not now. Somebody else may claim it."))

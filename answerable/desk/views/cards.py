"""Account cards: what is known of them beside a ticket, and asking for them anew."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.cards import actions
from answerable.cards.asking import client_for
from answerable.cards.queries import shown, sources_of
from answerable.desk.pages import found


@require_POST
@never_cache
@agent_required
def fetched(request: AgentRequest, number: int, source: int) -> HttpResponse:
    """Ask a source about a ticket, and show what it says, or why it says nothing."""
    ticket, at = found(request, number), now()
    one = next((one for one in sources_of(ticket, at) if one.pk == source), None)
    if one is None:
        raise Http404
    answer = actions.fetch_cards(one, ticket, agent=request.agent, by=client_for(one), at=at)
    context = {"one": shown(one, answer, at), "ticket": ticket, "is_answer": True}
    return render(request, "desk/account/_card.html", context)

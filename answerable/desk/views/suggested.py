"""The answer to what a lead asked of an agent."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import said
from answerable.desk.queries.suggested import answered_words
from answerable.forecast.actions import answer_suggestion
from answerable.forecast.models import Suggestion


@require_POST
@agent_required
def answer(request: AgentRequest, number: int) -> HttpResponse:
    """Say yes or no. Nothing changes but by a yes, and then what the agent could do as well."""
    mine = Suggestion.objects.filter(agent=request.agent).select_related("by", "agent")
    suggestion = get_object_or_404(mine, pk=number)
    chosen = request.POST.get("answer", "")
    if chosen not in Suggestion.Answer.values:
        return HttpResponse(status=400)
    if not answer_suggestion(suggestion, chosen, at=now()):
        return said(request, None, _("You have answered that already."))
    return said(request, None, answered_words(suggestion, chosen))

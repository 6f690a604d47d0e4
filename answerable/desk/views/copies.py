"""Who gets copies of replies."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import found, said
from answerable.tickets import actions


@require_POST
@agent_required
def copies(request: AgentRequest, number: int, participant: int) -> HttpResponse:
    """Let somebody who stood in copy get copies of replies, or no longer."""
    ticket = found(request, number)
    is_kept = (request.POST.get("on") or request.GET.get("on")) == "1"
    one = actions.keep_participant(
        ticket, participant, is_kept=is_kept, agent=request.agent, at=now()
    )
    if one is None:
        raise Http404
    words = _("{name} gets copies of replies.") if is_kept else _("{name} gets no more copies.")
    undo = f"{reverse('desk:copies', args=[number, participant])}?on={int(not is_kept)}"
    return said(request, ticket, words.format(name=one.shown), undo=undo)

"""Taking back what one did last."""

from __future__ import annotations

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.bulk_words import outcome
from answerable.desk.pages import CHANGED, said, trigger
from answerable.desk.undo_words import taken_back_words
from answerable.routing.actions.bulking import AT_ONCE, begin_taking_back, go_on
from answerable.routing.jobs import defer_bulk
from answerable.tickets.actions.undoing import (
    NothingToUndo,
    is_of_more_than,
    take_back_act,
)
from answerable.tickets.models import Ticket


@require_POST
@agent_required
def undo(request: AgentRequest, number: int | None = None) -> HttpResponse:
    """Take back the act of this number, or what this agent did last."""
    try:
        if is_of_more_than(AT_ONCE, request.agent, number=number, at=now()):
            return _many(request, number)
        back = take_back_act(request.agent, number=number, at=now())
    except NothingToUndo:
        return said(request, None, _("There is nothing to take back."))
    alone = [*back.done, *(kept.ticket for kept in back.kept)]
    ticket = Ticket.objects.filter(pk__in=alone).first() if len(alone) == 1 else None
    shows = reverse("desk:ticket", args=[back.kept[0].ticket]) if back.kept else ""
    return said(request, ticket, taken_back_words(back), shows=shows)


def _many(request: AgentRequest, number: int | None) -> HttpResponse:
    """Take back what was done to more tickets than one waits for: a job does the rest."""
    begun = begin_taking_back(request.agent, number=number, at=now())
    if go_on(begun, at=now()):
        return said(request, None, outcome(begun))
    defer_bulk(begun.pk)
    context = {"bulk": begun, "words": outcome(begun)}
    return trigger(render(request, "desk/parts/_bulk.html", context), CHANGED)

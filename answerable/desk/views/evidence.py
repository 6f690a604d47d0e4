"""What speaks for a claim beside its words, in the triage panel."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.cards import actions
from answerable.cards.asking import client_for
from answerable.cards.queries import shown, sources_of
from answerable.desk.pages import dialog, found
from answerable.desk.queries.evidence import affected_with, evidence_on, is_claim_open


@require_safe
@never_cache
@agent_required
def evidence(request: AgentRequest, number: int) -> HttpResponse:
    """Everything that is known of an open claim; nothing once it is decided."""
    ticket, at = found(request, number), now()
    known = evidence_on(ticket, request.user, at) if is_claim_open(ticket) else None
    context = {"ticket": ticket, "evidence": known, "heading": _("Evidence")}
    return dialog(request, "desk/evidence/_evidence.html", context)


@require_POST
@never_cache
@agent_required
def asked(request: AgentRequest, number: int, source: int) -> HttpResponse:
    """Ask a system of the vendor's, and show what it says of the claim, or why nothing."""
    ticket, at = found(request, number), now()
    one = next((one for one in sources_of(ticket, at) if one.pk == source), None)
    if one is None:
        raise Http404
    answer = actions.fetch_cards(one, ticket, agent=request.agent, by=client_for(one), at=at)
    context = {"one": shown(one, answer, at), "ticket": ticket}
    return render(request, "desk/evidence/_lines.html", context)


@require_safe
@never_cache
@agent_required
def affected(request: AgentRequest, number: int) -> HttpResponse:
    """The tickets of other accounts that are likely to be about the same."""
    ticket = found(request, number)
    known = affected_with(ticket, request.user, now())
    return dialog(request, "desk/evidence/_affected.html", {"ticket": ticket, "known": known})

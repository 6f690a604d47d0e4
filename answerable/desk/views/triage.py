"""The decision on a claim."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.forms import CONFIRM, TriageForm
from answerable.desk.pages import desk_context, found, page_of, problem, said, ticket_context
from answerable.desk.queries.claim import ClaimView
from answerable.desk.queries.evidence import evidence_on, kept_of
from answerable.desk.rows import person_of
from answerable.desk.words import first_name
from answerable.lib.pages import wants_part
from answerable.tickets import actions
from answerable.tickets.models import Ticket

FORM = "desk/parts/_triage_form_part.html"


@require_POST
@agent_required
def decide(request: AgentRequest, number: int) -> HttpResponse:
    """Confirm that a ticket is business-critical, or change it to standard with a reason."""
    ticket = found(request, number)
    claim = page_of(request, ticket).claim
    if claim is None:
        return said(request, ticket, _("Nobody claims that this is business-critical."))
    form = TriageForm(claim.not_critical, request.POST)
    if not form.is_valid():
        return _with_problems(request, ticket, form)
    try:
        words = _decided(request, ticket, claim, form)
    except actions.AlreadyDecided:
        words = _("Somebody decided this before you. Nothing was changed.")
    decided = found(request, number)
    page = page_of(request, decided)
    return said(request, decided, words, part=FORM, page=page)


def _decided(request: AgentRequest, ticket: Ticket, claim: ClaimView, form: TriageForm) -> str:
    """Decide, and keep what the panel knew then beside the decision."""
    at = now()
    known = kept_of(evidence_on(ticket, request.user, at))
    with transaction.atomic():
        actions.weigh_claim(ticket, known, agent=request.agent, at=at)
        return _decide(request, ticket, claim, form)


def _decide(request: AgentRequest, ticket: Ticket, claim: ClaimView, form: TriageForm) -> str:
    chosen = form.cleaned_data
    if chosen["decision"] == CONFIRM:
        actions.confirm_claim(ticket, agent=request.agent, at=now())
        return confirmed_words(claim)
    actions.change_claim(
        ticket,
        agent=request.agent,
        reason=chosen["reason"],
        reason_says=dict(claim.not_critical)[chosen["reason"]],
        words=chosen["words"],
        at=now(),
    )
    return changed_words(ticket, claim)


def confirmed_words(claim: ClaimView) -> str:
    """Return what is said of a confirmed claim."""
    if claim.promise is None:
        return _("Confirmed business-critical.")
    return _("Confirmed business-critical. Reply by {time}.").format(time=claim.promise.due)


def changed_words(ticket: Ticket, claim: ClaimView) -> str:
    """Return what is said of a changed claim: its promise runs until the reason arrived."""
    name = first_name(person_of(ticket))
    if claim.promise is None or claim.standard_due_at is None:
        return _("Changed to standard. {name} is being told why.").format(name=name)
    words = _(
        "Changed to standard. {name} is being told why; "
        "the {minutes}-minute promise runs until that is delivered."
    )
    minutes = int(claim.promise.clock.allowance.total_seconds()) // 60
    return words.format(name=name, minutes=minutes)


def _with_problems(request: AgentRequest, ticket: Ticket, form: TriageForm) -> HttpResponse:
    if wants_part(request):
        context = ticket_context(request, ticket, "all", triage_form=form)
    else:
        context = desk_context(request, "all", ticket) | {"triage_form": form}
    return problem(request, FORM, "desk/desk.html", context)

"""Promising a customer the next update: proposed after a decision, and at any time."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.updates import offered, words_of
from answerable.desk.undo_words import undo_address
from answerable.desk.update_forms import OTHER, UpdateForm
from answerable.sla.actions import (
    CannotPromise,
    leave_unpromised,
    may_promise,
    promise_update,
)
from answerable.sla.proposing import promised_on, proposed_update
from answerable.tickets.actions.undoing import begin_undo, undoable
from answerable.tickets.models import Ticket

CANNOT = "desk/parts/_update_cannot.html"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def promise(request: AgentRequest, number: int) -> HttpResponse:
    """Ask by when a customer hears from us next, or promise it; or note that nothing is."""
    ticket, at = found(request, number), now()
    proposed = proposed_update(ticket, ticket.severity, at) if may_promise(ticket) else None
    if proposed is None:
        return dialog(request, CANNOT, {"ticket": ticket})
    if request.POST.get("none"):
        leave_unpromised(ticket, agent=request.agent, at=at)
        words = _("No update of #{number} is promised.").format(number=number)
        return said(request, ticket, words, **_emptied(request))
    form = _form(proposed, request.POST if request.method == "POST" else None, at)
    if not form.is_valid():
        return _asked(request, ticket, form)
    return _promised(request, ticket, form, at)


def _promised(
    request: AgentRequest, ticket: Ticket, form: UpdateForm, at: datetime
) -> HttpResponse:
    words = words_of(form.due_at, at)
    undo = begin_undo(agent=request.agent, did=words, at=at)
    try:
        with undoable(undo, ticket, "update"):
            promise_update(ticket, form.due_at, agent=request.agent, at=at)
    except CannotPromise:
        form.add_error(None, _("It changed meanwhile. Look at it again."))
        return _asked(request, ticket, form)
    return said(request, ticket, words, undo=undo_address(undo), **_emptied(request))


def _emptied(request: AgentRequest) -> dict[str, str]:
    """Return the part of the triage panel that has nothing to ask any more."""
    is_triage = request.POST.get("from") == "triage"
    return {"part": "desk/parts/_triage_form_empty.html"} if is_triage else {}


def _asked(request: AgentRequest, ticket: Ticket, form: UpdateForm) -> HttpResponse:
    running = promised_on(ticket)
    context = {"ticket": ticket, "form": form, "running": running.due_at if running else None}
    status = 422 if form.is_bound else 200
    return dialog(request, "desk/parts/_promise_update.html", context, status=status)


def _form(proposed: datetime, data: QueryDict | None, at: datetime) -> UpdateForm:
    zone = get_current_timezone()
    choices = offered(proposed, at, zone)
    chosen = data.get("until", "") if data else ""
    if chosen not in {OTHER, *dict(choices)} and _is_instant(chosen):
        # It was offered when the form was made, some moments ago.
        choices.append((chosen, chosen))
    return UpdateForm(choices, data, at=at, zone=zone)


def _is_instant(text: str) -> bool:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        return False
    return instant.tzinfo is not None

"""What agents do with a ticket, beside writing."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.desk.field_forms import FieldsForm
from answerable.desk.field_words import field_name
from answerable.desk.forms import AdmitForm, AssignForm, ResolveForm
from answerable.desk.pages import desk_context, dialog, found, problem, said, ticket_context
from answerable.desk.queries.clocks import clocks_of
from answerable.desk.queries.ticket import known_contacts, was_answered
from answerable.desk.undo_words import undo_address
from answerable.desk.words import first_name, people
from answerable.sla.core.metrics import MEASURES
from answerable.tickets import actions
from answerable.tickets.actions import filing
from answerable.tickets.actions.undoing import begin_undo, undoable
from answerable.tickets.filled import missing_of
from answerable.tickets.models import Ticket


@require_POST
@agent_required
def take(request: AgentRequest, number: int) -> HttpResponse:
    ticket = found(request, number)
    words = _("Took #{number}.").format(number=number)
    undo = begin_undo(agent=request.agent, did=words, at=now())
    try:
        with undoable(undo, ticket, "assignee"):
            actions.take(ticket, agent=request.agent, at=now())
    except actions.TakenByOther as taken:
        return said(
            request, ticket, _("{name} took it").format(name=first_name(taken.agent.name))
        )
    return said(request, ticket, words, undo=undo_address(undo))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def assign(request: AgentRequest, number: int) -> HttpResponse:
    """Ask to whom, or give it to whom the form names."""
    ticket = found(request, number)
    if request.method != "POST":
        form = AssignForm(initial={"to": ticket.assignee_id})
        return dialog(request, "desk/parts/_assign.html", {"ticket": ticket, "form": form})
    form = AssignForm(request.POST)
    if not form.is_valid():
        context = {"ticket": ticket, "form": form}
        return dialog(request, "desk/parts/_assign.html", context, status=422)
    to: Agent | None = form.cleaned_data["to"]
    words = _assigned(number, to)
    undo = begin_undo(agent=request.agent, did=words, at=now())
    if ticket.assignee != to:
        with undoable(undo, ticket, "assignee"):
            actions.assign(ticket, to=to, agent=request.agent, at=now())
    return said(request, ticket, words, undo=undo_address(undo))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def resolve(request: AgentRequest, number: int) -> HttpResponse:
    """Resolve a ticket; where nobody replied, or a field is missing, ask for that first."""
    ticket = found(request, number)
    posted = request.POST if request.method == "POST" else None
    form, missing = ResolveForm(posted), missing_of(ticket)
    fields = FieldsForm(missing, {}, posted, needed={one.pk for one in missing})
    is_ready = fields.is_valid() and (was_answered(ticket) or form.is_valid())
    if posted is None or not is_ready:
        context = _resolve_context(ticket, form) | {"fields": fields}
        status = 200 if posted is None else 422
        return dialog(request, "desk/parts/_resolve.html", context, status=status)
    reason = form.cleaned_data.get("reason", "") if form.is_valid() else ""
    words = _("Resolved #{number}.").format(number=number)
    undo = begin_undo(agent=request.agent, did=words, at=now())
    with undoable(undo, ticket, "state"):
        filing.set_fields(ticket, fields.said(), agent=request.agent, at=now())
        actions.resolve(ticket, agent=request.agent, contact=None, reason=reason, at=now())
    return said(request, ticket, words, undo=undo_address(undo))


@require_POST
@agent_required
def reopen(request: AgentRequest, number: int) -> HttpResponse:
    ticket = found(request, number)
    words = _("Opened #{number} again.").format(number=number)
    undo = begin_undo(agent=request.agent, did=words, at=now())
    with undoable(undo, ticket, "state"):
        actions.reopen(ticket, agent=request.agent, contact=None, at=now())
    return said(request, ticket, words, undo=undo_address(undo))


@require_POST
@agent_required
def admit(request: AgentRequest, number: int) -> HttpResponse:
    """Let a stranger's ticket into the queue."""
    ticket = found(request, number)
    form = AdmitForm(known_contacts(ticket), request.POST)
    if not form.is_valid():
        if "HX-Request" in request.headers:
            context = ticket_context(request, ticket, "review", admit_form=form)
        else:
            context = desk_context(request, "review", ticket) | {"admit_form": form}
        return problem(request, "desk/parts/_review.html", "desk/desk.html", context)
    contact = form.cleaned_data["contact"]
    actions.admit(ticket, contact=contact, agent=request.agent, at=now())
    return said(request, ticket, _("Let in #{number}.").format(number=number))


def _assigned(number: int, to: Agent | None) -> str:
    if to is None:
        return _("Put #{number} back into the queue.").format(number=number)
    return _("Assigned #{number} to {name}.").format(number=number, name=to.name)


def _resolve_context(ticket: Ticket, form: ResolveForm) -> dict[str, object]:
    running = [
        clock
        for clock in clocks_of(ticket)
        if MEASURES[clock.metric].by_response and clock.answered_at is None
    ]
    names = people([field_name(field) for field in missing_of(ticket)])
    return {
        "ticket": ticket,
        "form": form,
        "clock": next(iter(running), None),
        "answered": was_answered(ticket),
        "names": names,
    }

"""How serious a ticket is, what it is about, and another look at that."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.rating import fact_choices, look_view, severity_view
from answerable.desk.rating_forms import MISSING, FactsForm, LookForm, SeverityForm
from answerable.desk.rows import person_of
from answerable.desk.undo_words import undo_address
from answerable.desk.words import first_name
from answerable.sla import actions
from answerable.sla.actions.reclassifying import terms_held
from answerable.sla.words import severity_in
from answerable.tickets.actions import About, NewerMessages, NothingToAnswer, ReasonMissing
from answerable.tickets.actions.undoing import begin_undo, finish_undo, undoable
from answerable.tickets.models import SeverityChange, Ticket, Undo


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def severity(request: AgentRequest, number: int) -> HttpResponse:
    """Ask for the severity, or set it."""
    ticket = found(request, number)
    view = severity_view(ticket, now(), get_current_timezone())
    posted = request.POST if request.method == "POST" else None
    form = SeverityForm(
        {"severity": view.choices},
        posted,
        needless=view.needless,
        initial={"severity": ticket.severity},
    )
    if form.is_valid():
        undo = begin_undo(agent=request.agent, did="", at=now())
        try:
            change = _reclassified(ticket, form, undo)
        except ReasonMissing:
            form.add_error("reason", MISSING)
        except actions.NotAllowed:
            form.add_error(None, _("The plan does not let it be changed so. Look at it again."))
        else:
            words = _set_words(ticket, change)
            finish_undo(undo, did=words, at=now())
            return said(request, ticket, words, undo=undo_address(undo))
    context = {"ticket": ticket, "form": form, "view": view}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_severity.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def facts(request: AgentRequest, number: int) -> HttpResponse:
    """Ask what a ticket is about, or correct it: its promises are decided anew."""
    ticket = found(request, number)
    products, environments = fact_choices(ticket, ticket.created_at)
    form = FactsForm(
        {"product": products, "environment": environments},
        request.POST if request.method == "POST" else None,
        initial={"product": ticket.product, "environment": ticket.environment},
    )
    if form.is_valid():
        about = About(form.cleaned_data["product"], form.cleaned_data["environment"])
        reason = form.cleaned_data["reason"]
        actions.correct_facts(ticket, about, reason=reason, agent=request.agent, at=now())
        words = _("Corrected what #{number} is about.").format(number=number)
        return said(request, ticket, words)
    context = {"ticket": ticket, "form": form}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_facts.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def another_look(request: AgentRequest, number: int) -> HttpResponse:
    """Show what a customer asks for, or let a lead answer."""
    ticket = found(request, number)
    view = look_view(ticket, request.agent)
    if view is None:
        return said(request, ticket, _("Nobody waits for another look."))
    posted = request.POST if request.method == "POST" else None
    last = ticket.events.order_by("-pk").values_list("pk", flat=True).first()
    only = view.choices[0][0] if len(view.choices) == 1 else None
    initial = {"seen": last, "severity": only}
    form = LookForm({"severity": view.choices}, posted, initial=initial)
    if form.is_valid():
        try:
            actions.look_again(
                ticket, actions.Answer(**form.cleaned_data), agent=request.agent, at=now()
            )
        except actions.NotYours as refused:
            raise PermissionDenied from refused
        except (NothingToAnswer, actions.NotAllowed):
            form.add_error(None, _("This was decided meanwhile. Look at it again."))
        except NewerMessages:
            form.add_error(None, _("Somebody wrote meanwhile. Read it, then answer."))
        else:
            name = first_name(person_of(ticket))
            return said(request, ticket, _("Answered {name}.").format(name=name))
    context = {"ticket": ticket, "form": form, "look": view}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_look.html", context, status=status)


def _reclassified(ticket: Ticket, form: SeverityForm, undo: Undo) -> SeverityChange:
    """Set the severity. Of what the customer is told nothing can be taken back."""
    ways = () if form.cleaned_data["reason"].strip() else ("severity",)
    with undoable(undo, ticket, *ways) as held:
        return actions.reclassify(
            held,
            form.cleaned_data["severity"],
            by=undo.agent,
            reason=form.cleaned_data["reason"],
            at=undo.made_at,
        )


def _set_words(ticket: Ticket, change: SeverityChange) -> str:
    severity = severity_in(terms_held(ticket), change.after)
    if change.in_force_at is None:
        words = _("{name} is being told why; then #{number} is {severity}.")
        name = first_name(person_of(ticket))
        return words.format(name=name, number=ticket.pk, severity=severity)
    return _("#{number} is {severity}.").format(number=ticket.pk, severity=severity)

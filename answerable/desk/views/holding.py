"""Putting a ticket on hold until a time, with what that does to its promises said first."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.hold_forms import HoldForm, is_ahead
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.holding import Effect, effect_of, presets, usual_end
from answerable.desk.undo_words import undo_address
from answerable.lib import times
from answerable.tickets import actions
from answerable.tickets.actions.undoing import begin_undo, undoable
from answerable.tickets.models import Hold, Ticket

FIRST_KIND = Hold.Kind.VENDOR.value


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def hold(request: AgentRequest, number: int) -> HttpResponse:
    """Ask until when a ticket waits, or let it wait. A promise that is due before the end is
    said first, unless the form shows that it was."""
    ticket, at = found(request, number), now()
    if request.method != "POST":
        form = _form(ticket, None, at)
        return _asked(request, ticket, form, _effect(ticket, form, at))
    form = _form(ticket, request.POST, at)
    if not form.is_valid():
        return _asked(request, ticket, form, _effect(ticket, form, at), status=422)
    effect = effect_of(ticket, form.cleaned_data["kind"], form.end, at, get_current_timezone())
    instead = request.POST.get("instead", "")
    if effect.words and not instead and request.POST.get("shown") != effect.words:
        return _asked(request, ticket, form, effect, status=422)
    end = effect.instead if instead and effect.instead else form.end
    return _held(request, ticket, form, end, at)


@require_safe
@never_cache
@agent_required
def effect(request: AgentRequest, number: int) -> HttpResponse:
    """What the hold would do that the form now asks for."""
    ticket, at = found(request, number), now()
    form = _form(ticket, request.GET, at)
    form.is_valid()
    context = {"ticket": ticket, "effect": _effect(ticket, form, at)}
    return render(request, "desk/parts/_hold_effect.html", context)


@require_POST
@agent_required
def end(request: AgentRequest, number: int) -> HttpResponse:
    """End a ticket's hold: it is open again."""
    ticket = found(request, number)
    words = _("Ended the hold of #{number}.").format(number=number)
    undo = begin_undo(agent=request.agent, did=words, at=now())
    with undoable(undo, ticket, "state"):
        actions.end_hold(ticket, agent=request.agent, at=now())
    return said(request, ticket, words, undo=undo_address(undo))


def _form(ticket: Ticket, data: QueryDict | None, at: datetime) -> HoldForm:
    zone = get_current_timezone()
    offered = presets(at, zone)
    first = usual_end(ticket, FIRST_KIND, offered, at)
    if first.isoformat() not in dict(offered):
        offered.insert(0, (first.isoformat(), times.moment(first, at, zone)))
    chosen = data.get("until", "") if data else ""
    if is_ahead(chosen, at) and chosen not in dict(offered):
        # It was offered when the form was made, some moments ago.
        offered.append((chosen, times.moment(datetime.fromisoformat(chosen), at, zone)))
    initial: dict[str, object] = {"until": first.isoformat(), "kind": FIRST_KIND}
    return HoldForm(offered, data, at=at, zone=zone, initial=initial)


def _effect(ticket: Ticket, form: HoldForm, at: datetime) -> Effect:
    if form.is_bound:
        kind, until = form.cleaned_data.get("kind", FIRST_KIND), form.end
    else:
        kind = FIRST_KIND
        until = datetime.fromisoformat(str(form.initial["until"]))
    return effect_of(ticket, kind, until, at, get_current_timezone())


def _asked(
    request: AgentRequest, ticket: Ticket, form: HoldForm, effect: Effect, status: int = 200
) -> HttpResponse:
    context = {"ticket": ticket, "form": form, "effect": effect}
    return dialog(request, "desk/parts/_hold.html", context, status=status)


def _held(
    request: AgentRequest, ticket: Ticket, form: HoldForm, end: datetime | None, at: datetime
) -> HttpResponse:
    words = _("#{number} is on hold.").format(number=ticket.pk)
    if end:
        time = times.moment(end, at, get_current_timezone())
        words = _("#{number} is on hold until {time}.").format(number=ticket.pk, time=time)
    undo = begin_undo(agent=request.agent, did=words, at=at)
    kind, reason = form.cleaned_data["kind"], form.cleaned_data["reason"]
    try:
        with undoable(undo, ticket, "state"):
            actions.put_on_hold(
                ticket, kind=kind, reason=reason, until=end, agent=request.agent, at=at
            )
    except (actions.CannotHold, actions.UntilMissing):
        form.add_error(None, _("It changed meanwhile. Look at it again."))
        return _asked(request, ticket, form, _effect(ticket, form, at), status=422)
    return said(request, ticket, words, undo=undo_address(undo))

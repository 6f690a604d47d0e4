"""Whose a ticket is: finding the person, showing what it does to promises, and doing it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.http import HttpResponse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Contact
from answerable.channels.voice.queries import call_on
from answerable.desk.belonging_forms import WhoseForm
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.belonging import (
    TALKING,
    TROUBLES,
    people_found,
    person_of,
    seen_by_others,
)
from answerable.desk.queries.joining import begun_words, fate_words
from answerable.desk.queries.segments import open_chat
from answerable.desk.undo_words import undo_address
from answerable.sla import actions
from answerable.sla.actions.trying_out import effect_if
from answerable.tickets.actions.belonging import CannotChange
from answerable.tickets.actions.undoing import begin_undo, undoable
from answerable.tickets.models import Ticket

# What is tried needs a reason; nobody reads this one.
TRIED = "-"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def whose(request: AgentRequest, number: int) -> HttpResponse:
    """Ask whose a ticket is, show what that does to its promises, then make it theirs."""
    ticket, at = found(request, number), now()
    asked = request.POST if request.method == "POST" else request.GET
    to, is_sure = person_of(asked.get("person", "")), asked.get("sure") == "yes"
    form = WhoseForm(asked if is_sure else None, initial={"words": asked.get("words", "")})
    context: dict[str, Any] = {"ticket": ticket, "form": form, "words": asked.get("words", "")}
    if to:
        context |= _effect(ticket, to, request, at)
    if to and is_sure and form.is_valid() and not context["trouble"]:
        return _changed(request, ticket, to, form.cleaned_data["reason"], at)
    if not to or context.get("trouble"):
        context["people"] = people_found(ticket, context["words"])
    has_failed = bool(form.errors) or bool(context.get("trouble"))
    return dialog(
        request, "desk/account/_whose.html", context, status=422 if has_failed else 200
    )


def _effect(ticket: Ticket, to: Contact, request: AgentRequest, at: datetime) -> dict[str, Any]:
    """Return what happens to the promises, or why it cannot be done now."""
    zone = get_current_timezone()
    is_talking = open_chat(ticket) is not None or call_on(ticket) is not None
    if is_talking:
        return {"to": to, "trouble": TALKING}
    try:
        effect = effect_if(_act(request, ticket, to, TRIED, at), [ticket.pk])
    except CannotChange as reason:
        return {"to": to, "trouble": TROUBLES[str(reason)]}
    is_other = to.customer_id != ticket.customer_id
    return {
        "to": to,
        "trouble": "",
        "is_other": is_other,
        "fates": fate_words(effect.fates, at, zone) + begun_words(effect.begun, at, zone),
        "seen": seen_by_others(ticket) if is_other else None,
    }


def _act(
    request: AgentRequest, ticket: Ticket, to: Contact, reason: str, at: datetime
) -> Callable[[], object]:
    agent = request.agent
    return lambda: actions.change_customer(ticket, to, reason=reason, agent=agent, at=at)


def _changed(
    request: AgentRequest, ticket: Ticket, to: Contact, reason: str, at: datetime
) -> HttpResponse:
    words = _("#{number} is {name}'s now.").format(number=ticket.pk, name=to.name)
    undo = begin_undo(agent=request.agent, did=words, at=at)
    try:
        with undoable(undo, ticket, "person"):
            _act(request, ticket, to, reason, at)()
    except CannotChange:
        return said(request, ticket, _("It changed meanwhile. Look at it again."))
    return said(request, ticket, words, undo=undo_address(undo))

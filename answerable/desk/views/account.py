"""The customer pane: what loads beside a ticket, what is folded, and notes on the account."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import AccountNote
from answerable.accounts.notes import actions
from answerable.accounts.preferences.actions import fold_pane
from answerable.desk.account_forms import AccountNoteForm
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.account_beside import (
    PARTS,
    beside_account,
    folded_of,
)
from answerable.desk.queries.account_manager import manager_of
from answerable.desk.queries.account_notes import note_on
from answerable.lib.markdown import as_html
from answerable.tickets.models import Ticket


@require_safe
@never_cache
@agent_required
def account(request: AgentRequest, number: int) -> HttpResponse:
    """The parts of a ticket's pane that its page does not wait for."""
    ticket, at = found(request, number), now()
    page = request.GET.get("page", "1")
    beside = beside_account(ticket, request.agent, at, get_current_timezone(), page=page)
    context = {
        "ticket": ticket,
        "beside": beside,
        "manager": manager_of(ticket, at),
        "view": "all",
        "heading": _("Customer"),
    }
    return dialog(request, "desk/account/_parts.html", context)


@require_POST
@agent_required
def fold(request: AgentRequest) -> HttpResponse:
    """Keep that a part of the pane is folded, or open."""
    part = request.POST.get("part", "")
    if part not in PARTS:
        raise Http404
    folded = set(folded_of(request.agent))
    is_open = request.POST.get("open") == "1"
    fold_pane(request.agent, folded - {part} if is_open else folded | {part})
    return HttpResponse(status=204)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def note_new(request: AgentRequest, number: int) -> HttpResponse:
    """Write a note on the account of a ticket, or on who asks."""
    ticket = found(request, number)
    customer = ticket.customer
    if customer is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = AccountNoteForm(ticket, posted, is_new=True)
    if form.is_valid():
        contact = ticket.requester if form.is_about_person else None
        actions.add_note(customer, form.noted(), agent=request.agent, contact=contact, at=now())
        return said(request, ticket, _("Added a note on {name}.").format(name=customer.name))
    return _asked(request, ticket, form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def note(request: AgentRequest, number: int, note: int) -> HttpResponse:
    """Write a note anew."""
    ticket = found(request, number)
    kept = _note(ticket, note)
    posted = request.POST if request.method == "POST" else None
    initial = {"body": kept.body, "is_pinned": kept.is_pinned, "seen": kept.number}
    form = AccountNoteForm(ticket, posted, is_new=False, initial=initial)
    if form.is_valid():
        seen = form.cleaned_data["seen"] or 0
        try:
            actions.edit_note(kept, form.noted(), seen=seen, agent=request.agent, at=now())
        except actions.ChangedMeanwhile:
            form.add_error(
                None,
                _("Somebody changed it meanwhile. Copy your words, and open it again."),
            )
        else:
            return said(request, ticket, _("Saved the note."))
    return _asked(request, ticket, form, kept=kept)


@require_safe
@never_cache
@agent_required
def note_versions(request: AgentRequest, number: int, note: int) -> HttpResponse:
    """What a note said before, by whom."""
    ticket = found(request, number)
    versions = _note(ticket, note).versions.select_related("agent").order_by("-number")
    rows = [(one, as_html(one.body)) for one in versions]
    context = {"ticket": ticket, "rows": rows}
    return dialog(request, "desk/account/_versions.html", context)


@require_POST
@agent_required
def note_remove(request: AgentRequest, number: int, note: int) -> HttpResponse:
    """Remove a note; it can be put back."""
    ticket = found(request, number)
    actions.remove_note(_note(ticket, note), agent=request.agent, at=now())
    undo = reverse("desk:account_note_back", args=[number, note])
    return said(request, ticket, _("Removed the note."), undo=undo)


@require_POST
@agent_required
def note_back(request: AgentRequest, number: int, note: int) -> HttpResponse:
    """Put a note back that was removed."""
    ticket = found(request, number)
    is_there = actions.put_back_note(_note(ticket, note), at=now())
    words = _("The note is back.") if is_there else _("It was removed too long ago.")
    return said(request, ticket, words)


def _note(ticket: Ticket, number: int) -> AccountNote:
    try:
        return note_on(ticket, number)
    except AccountNote.DoesNotExist as missing:
        raise Http404 from missing


def _asked(
    request: AgentRequest,
    ticket: Ticket,
    form: AccountNoteForm,
    kept: AccountNote | None = None,
) -> HttpResponse:
    context: dict[str, Any] = {"ticket": ticket, "form": form, "kept": kept}
    status = 422 if form.errors else 200
    return dialog(request, "desk/account/_note_form.html", context, status=status)

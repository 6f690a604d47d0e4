"""How a ticket is filed: its labels, the vendor's own fields, its status and its priority."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.field_forms import FieldsForm
from answerable.desk.field_words import PRIORITIES, field_name
from answerable.desk.filing_forms import LabelsForm, may_make_labels
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.filed import Filled, filed_on, status_name
from answerable.desk.undo_words import changed_words, undo_address
from answerable.tickets.actions import filing
from answerable.tickets.actions.undoing import begin_undo, undoable
from answerable.tickets.filled import fields_of, values_of
from answerable.tickets.models import Status, Ticket, Undo
from answerable.tickets.tagged import often_used, tags_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def labels(request: AgentRequest, number: int) -> HttpResponse:
    """Ask for a ticket's labels, or set them; a new one is made by whoever may."""
    ticket = found(request, number)
    has = tags_of(ticket)
    offered = {tag.pk: tag for tag in [*has, *often_used()]}
    may_make = may_make_labels(request.agent)
    posted = request.POST if request.method == "POST" else None
    form = LabelsForm(list(offered.values()), posted, has=has, may_make=may_make)
    if form.is_valid():
        tags = form.tags(by=request.agent, at=now())
        undo = _does(request, ticket, _("Saved the labels of #{number}."))
        try:
            with undoable(undo, ticket, "tags"):
                filing.set_tags(ticket, tags, agent=request.agent, at=now())
        except filing.TooManyTags:
            form.add_error(None, _("A ticket has 50 labels at most. Remove one first."))
        else:
            return _done(request, ticket, undo)
    context = {"ticket": ticket, "form": form, "may_make": may_make}
    return dialog(
        request, "desk/parts/_labels.html", context, status=422 if form.errors else 200
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def field(request: AgentRequest, number: int, field: int) -> HttpResponse:
    """Ask what stands in a field of a ticket, or fill it in."""
    ticket = found(request, number)
    one = next((known for known in fields_of(ticket) if known.pk == field), None)
    if one is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = FieldsForm([one], values_of(ticket), posted)
    if form.is_valid():
        words = _("Saved {field} of #{number}.")
        undo = _does(request, ticket, words.replace("{field}", field_name(one)))
        with undoable(undo, ticket, "fields"):
            filing.set_fields(ticket, form.said(), agent=request.agent, at=now())
        shown = next(known for known in filed_on(ticket).fields if known.field == one)
        return _done(request, ticket, undo, filled=shown)
    context = {"ticket": ticket, "form": form, "field": one, "name": field_name(one)}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_field_form.html", context, status=status)


@require_POST
@agent_required
def priority(request: AgentRequest, number: int) -> HttpResponse:
    """Say what of our own work comes first."""
    ticket = found(request, number)
    to = request.POST.get("to", "")
    if to not in {str(key) for key in PRIORITIES}:
        raise Http404
    words = _("Priority of #{number}: {priority}.")
    undo = _does(request, ticket, words.replace("{priority}", str(PRIORITIES[int(to)])))
    with undoable(undo, ticket, "priority"):
        filing.set_priority(ticket, int(to), agent=request.agent, at=now())
    return _done(request, ticket, undo)


@require_POST
@agent_required
def status(request: AgentRequest, number: int) -> HttpResponse:
    """Name a ticket's state by another of the vendor's words."""
    ticket = found(request, number)
    to = request.POST.get("to", "")
    kept = Status.objects.filter(retired_at=None)
    chosen = kept.filter(pk=to).first() if to.isascii() and to.isdigit() else None
    if chosen is None:
        raise Http404
    words = _("Status of #{number}: {status}.")
    undo = _does(request, ticket, words.replace("{status}", status_name(ticket, chosen)))
    try:
        with undoable(undo, ticket, "status"):
            filing.set_status(ticket, chosen, agent=request.agent, at=now())
    except filing.OtherState:
        return said(request, ticket, changed_words([number]))
    return _done(request, ticket, undo)


def _does(request: AgentRequest, ticket: Ticket, words: str) -> Undo:
    did = words.format(number=ticket.pk)
    return begin_undo(agent=request.agent, did=did, at=now())


def _done(
    request: AgentRequest, ticket: Ticket, undo: Undo, filled: Filled | None = None
) -> HttpResponse:
    """Say what was done; of a field, show what is in it now."""
    part = {"part": "desk/parts/_field_says.html", "filled": filled} if filled else {}
    more = part | {"ticket_number": ticket.pk}
    return said(request, ticket, undo.did, undo=undo_address(undo), **more)

"""How a ticket is filed: its labels, the vendor's own fields, its status and its priority."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.urls import reverse
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
from answerable.tickets import actions
from answerable.tickets.actions.unfiling import BACK
from answerable.tickets.filled import fields_of, values_of
from answerable.tickets.models import Status, Ticket, TicketEvent
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
        try:
            actions.set_tags(ticket, tags, agent=request.agent, at=now())
        except actions.TooManyTags:
            form.add_error(None, _("A ticket has 50 labels at most. Remove one first."))
        else:
            return _done(request, ticket, _("Saved the labels of #{number}."))
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
        actions.set_fields(ticket, form.said(), agent=request.agent, at=now())
        words = _("Saved {field} of #{number}.").replace("{field}", field_name(one))
        shown = next(known for known in filed_on(ticket).fields if known.field == one)
        return _done(request, ticket, words, filled=shown)
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
    actions.set_priority(ticket, int(to), agent=request.agent, at=now())
    words = _("Priority of #{number}: {priority}.")
    return _done(request, ticket, words.replace("{priority}", str(PRIORITIES[int(to)])))


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
    try:
        actions.set_status(ticket, chosen, agent=request.agent, at=now())
    except actions.OtherState:
        return said(request, ticket, _("#{number} changed meanwhile.").format(number=number))
    words = _("Status of #{number}: {status}.")
    return _done(request, ticket, words.replace("{status}", status_name(ticket, chosen)))


@require_POST
@agent_required
def unfile(request: AgentRequest, number: int, event: int) -> HttpResponse:
    """Take back what an agent did about how a ticket is filed."""
    ticket = found(request, number)
    own = ticket.events.filter(pk=event, agent=request.agent, verb__in=BACK)
    done = own.select_related("ticket").first()
    if done is None:
        raise Http404
    actions.take_back_filing(done, agent=request.agent, at=now())
    return said(request, ticket, _("#{number} is as before.").format(number=number))


def _done(
    request: AgentRequest, ticket: Ticket, words: str, filled: Filled | None = None
) -> HttpResponse:
    """Say what was done, and how the agent's last act about filing is undone."""
    mine = TicketEvent.objects.filter(ticket=ticket, agent=request.agent, verb__in=BACK)
    last = mine.order_by("-pk").first()
    undo = reverse("desk:unfile", args=[ticket.pk, last.pk]) if last else ""
    more = {"part": "desk/parts/_field_says.html", "filled": filled} if filled else {}
    text = words.format(number=ticket.pk)
    return said(request, ticket, text, undo=undo, **more, ticket_number=ticket.pk)

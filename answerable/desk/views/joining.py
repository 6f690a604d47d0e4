"""Merging two tickets, parting them, splitting one, and linking those that belong together."""

from __future__ import annotations

from datetime import datetime

from django.http import Http404, HttpResponse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.joining_forms import OtherForm, SplitForm
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.joining import candidates, fate_words, merged_here
from answerable.desk.queries.ticket import ticket_for
from answerable.desk.undo_words import undo_address
from answerable.sla.actions.trying_out import fates_if
from answerable.tickets import actions
from answerable.tickets.actions import filing
from answerable.tickets.actions.undoing import begin_undo, finish_undo, undoable
from answerable.tickets.models import Message, Ticket
from answerable.tickets.text import first_line


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def merge(request: AgentRequest, number: int) -> HttpResponse:
    """Ask with which ticket, show what becomes of the promises of both, then merge them."""
    ticket, at = found(request, number), now()
    form = OtherForm(request.POST if request.method == "POST" else None)
    other = _other(request, form) if form.is_valid() else None
    fates = None
    if other:
        try:
            fates = fates_if(
                lambda: actions.merge(ticket, other, agent=request.agent, at=at),
                [ticket.pk, other.pk],
            )
        except actions.OtherCustomer:
            form.add_error("other", _("It is another customer's. Only one's own are merged."))
        except actions.CannotMerge:
            form.add_error("other", _("It was merged before, or a private one would be seen."))
    if fates is not None and other and request.POST.get("sure") == str(other.pk):
        return _merged(request, ticket, other, at)
    words = fate_words(fates or [], at, get_current_timezone())
    older, newer = sorted((ticket, other or ticket), key=lambda t: (t.created_at, t.pk))
    context = {
        "ticket": ticket,
        "form": form,
        "candidates": candidates(ticket),
        "other": other if fates is not None else None,
        "older": older,
        "newer": newer,
        "fates": words,
        "shares": other is not None and other.requester_id != ticket.requester_id,
    }
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_merge.html", context, status=status)


@require_POST
@agent_required
def part(request: AgentRequest, number: int, merge: int) -> HttpResponse:
    """Part what was merged, however long ago."""
    ticket = found(request, number)
    done = next((one for one in merged_here(ticket) if one.pk == merge), None)
    if done is None:
        raise Http404
    try:
        actions.unmerge(done, agent=request.agent, at=now())
    except actions.CannotMerge:
        return said(request, ticket, _("It was parted before."))
    return said(
        request, ticket, _("#{number} is by itself again.").format(number=done.merged_id)
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def split(request: AgentRequest, number: int, message: int) -> HttpResponse:
    """Make a message a ticket of its own, with what was written after it if wanted."""
    ticket, at = found(request, number), now()
    said_in = ticket.messages.filter(pk=message, kind=Message.Kind.MESSAGE).first()
    if said_in is None:
        raise Http404
    posted = request.POST if request.method == "POST" else None
    form = SplitForm(posted, initial={"subject": first_line(said_in.body)[:200]})
    if form.is_valid():
        undo = begin_undo(agent=request.agent, did="", at=at)
        subject, onwards = form.cleaned_data["subject"], form.cleaned_data["onwards"]
        try:
            with undoable(undo, ticket, "split"):
                new = actions.split(
                    said_in, agent=request.agent, subject=subject, at=at, onwards=onwards
                )
        except actions.CannotSplit:
            form.add_error(None, _("What opened a ticket stays with it."))
        else:
            words = _("Split #{new} off #{number}.").format(new=new.pk, number=number)
            finish_undo(undo, did=words, at=now())
            return said(request, ticket, words, undo=undo_address(undo))
    context = {"ticket": ticket, "form": form, "message": said_in}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_split.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def link(request: AgentRequest, number: int) -> HttpResponse:
    """Ask with which ticket, and link both."""
    ticket = found(request, number)
    form = OtherForm(request.POST if request.method == "POST" else None)
    other = _other(request, form) if form.is_valid() else None
    if other and other.pk == ticket.pk:
        form.add_error("other", _("That is this ticket. Enter another."))
    elif other:
        words = _("Linked #{number} with #{other}.").format(number=number, other=other.pk)
        undo = begin_undo(agent=request.agent, did=words, at=now())
        with undoable(undo, ticket, "links"):
            filing.link(ticket, other, agent=request.agent, at=now())
        return said(request, ticket, words, undo=undo_address(undo))
    context = {"ticket": ticket, "form": form, "candidates": candidates(ticket)}
    status = 422 if form.errors else 200
    return dialog(request, "desk/parts/_link.html", context, status=status)


@require_POST
@agent_required
def unlink(request: AgentRequest, number: int, other: int) -> HttpResponse:
    """Unlink a ticket from another."""
    ticket, linked = found(request, number), found(request, other)
    words = _("Unlinked #{number} from #{other}.").format(number=number, other=other)
    undo = begin_undo(agent=request.agent, did=words, at=now())
    with undoable(undo, ticket, "links"):
        filing.unlink(ticket, linked, agent=request.agent, at=now())
    return said(request, ticket, words, undo=undo_address(undo))


def _other(request: AgentRequest, form: OtherForm) -> Ticket | None:
    try:
        return ticket_for(request.user, form.cleaned_data["other"])
    except Ticket.DoesNotExist:
        form.add_error("other", _("There is no ticket with this number."))
        return None


def _merged(request: AgentRequest, ticket: Ticket, other: Ticket, at: datetime) -> HttpResponse:
    older, newer = sorted((ticket, other), key=lambda t: (t.created_at, t.pk))
    words = _("Merged #{newer} into #{older}. Promises of both are kept.")
    words = words.format(newer=newer.pk, older=older.pk)
    undo = begin_undo(agent=request.agent, did=words, at=at)
    try:
        with undoable(undo, newer, "merge"):
            actions.merge(ticket, other, agent=request.agent, at=at)
    except actions.CannotMerge:
        return said(request, ticket, _("It changed meanwhile. Look at it again."))
    return said(request, older, words, undo=undo_address(undo))

"""Side conversations: begun, read and answered; and their files."""

from __future__ import annotations

from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.channels.email import ours
from answerable.design.files import Attaching
from answerable.desk.pages import dialog, found, said
from answerable.desk.queries.sides import SideView, sides_of
from answerable.desk.side_forms import NewSideForm, SideForm
from answerable.files.queries import waiting_in
from answerable.files.taking import attaching, take
from answerable.files.words import held_words
from answerable.tickets import actions
from answerable.tickets.beside import led_to_file
from answerable.tickets.models import Attachment, Hold, Ticket
from answerable.tickets.places import owner_of, place_of

SIDE = "side"


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def new(request: AgentRequest, number: int) -> HttpResponse:
    """Write to third parties about a ticket."""
    ticket = found(request, number)
    form = NewSideForm(request.POST if request.method == "POST" else None)
    if form.is_valid() and not _writes_to_us(form):
        _begin(request, ticket, form)
        return said(request, ticket, _("Sent beside #{number}.").format(number=number))
    context = {"ticket": ticket, "form": form, "attaching": _attaching(request, ticket)}
    status = 422 if form.errors else 200
    return dialog(request, "desk/sides/_new.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def side(request: AgentRequest, number: int, thread: int) -> HttpResponse:
    """Read a side conversation, or answer in it."""
    ticket = found(request, number)
    view = _view(ticket, thread)
    form = SideForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        taken = take(request, owner_of(request.agent), place_of(number, SIDE), at=now())
        actions.write_side(
            view.thread,
            body=form.cleaned_data["body"],
            agent=request.agent,
            at=now(),
            waiting=taken.waiting,
        )
        return said(request, ticket, _("Sent beside #{number}.").format(number=number))
    if request.method == "GET":
        actions.see_side(view.thread, agent=request.agent)
    context = {
        "ticket": ticket,
        "side": view,
        "form": form,
        "attaching": _attaching(request, ticket),
    }
    status = 422 if form.errors else 200
    return dialog(request, "desk/sides/_one.html", context, status=status)


@require_safe
@never_cache
@agent_required
def file(request: AgentRequest, number: int, thread: int, attachment: int) -> HttpResponse:
    """Lead on to a file of a side conversation, or say why it is held back."""
    ticket = found(request, number)
    files = Attachment.objects.filter(side__thread=thread, side__thread__ticket=ticket)
    one = files.filter(pk=attachment).select_related("file").first()
    if one is None:
        raise Http404
    if held := held_words(one.file):
        back = {"back": reverse("desk:ticket", args=[number]), "back_label": f"#{number}"}
        context = {"held": held, "name": one.name} | back
        return render(request, "design/held.html", context, status=409)
    return led_to_file(one, view="view" in request.GET)


@transaction.atomic
def _begin(request: AgentRequest, ticket: Ticket, form: NewSideForm) -> None:
    entered = form.cleaned_data
    taken = take(request, owner_of(request.agent), place_of(ticket.pk, SIDE), at=now())
    opening = actions.SideOpening(
        people=entered["to"],
        subject=entered["subject"],
        body=entered["body"],
        waiting=taken.waiting,
    )
    actions.open_side(ticket, opening, agent=request.agent, at=now())
    if entered["waits"] and ticket.state in {"open", "waiting", "held"}:
        actions.put_on_hold(
            ticket,
            kind=Hold.Kind.THIRD_PARTY,
            reason=entered["subject"],
            until=None,
            agent=request.agent,
            at=now(),
        )


def _writes_to_us(form: NewSideForm) -> bool:
    """Say whether a mail would come back to ourselves, and tell the form."""
    own = [address for address in form.cleaned_data["to"] if ours.is_own(address)]
    if own:
        form.add_error("to", _("{address} is our own address").format(address=own[0]))
    return bool(own)


def _view(ticket: Ticket, thread: int) -> SideView:
    view = sides_of(ticket).get(thread)
    if view is None:
        raise Http404
    return view


def _attaching(request: AgentRequest, ticket: Ticket) -> Attaching:
    place = place_of(ticket.pk, SIDE)
    waiting = waiting_in(owner_of(request.agent), [place])
    return attaching(reverse("desk:upload_side", args=[ticket.pk]), waiting[place])

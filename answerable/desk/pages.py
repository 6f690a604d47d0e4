"""What every view of the desk does alike: the context of its pages, and its answers."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.functional import SimpleLazyObject

from answerable.accounts.guards import AgentRequest
from answerable.channels.email.waiting import waiting_too_long
from answerable.desk.forms import AdmitForm, TriageForm
from answerable.desk.queries.chats import waiting_count
from answerable.desk.queries.composer import composer_of
from answerable.desk.queries.layout import frame_of
from answerable.desk.queries.queue import ORDER_NAMES, Asked, QueueList, queue_list
from answerable.desk.queries.sending import waiting_of
from answerable.desk.queries.ticket import TicketPage, ticket_for, ticket_page
from answerable.desk.queries.views import view_links
from answerable.desk.rows import Shown
from answerable.desk.words import words_script
from answerable.lib.pages import wants_part
from answerable.live.queries import newest_number
from answerable.routing.views import NoSuchView, View, view_for
from answerable.tickets.models import Ticket

CHANGED = "desk:changed"
MOST_SKIPPED = 10_000_000
# What an address of the queue says beside filters; `f` that there shall be none.
NO_FILTERS = {"from", "have", "open", "order", "after", "f", "to", "say"}
# What an address of a ticket asks to be put into its reply.
DELAY = "delay"


def found(request: AgentRequest, number: int) -> Ticket:
    """Return the ticket of an address, or the page that says there is none."""
    try:
        return ticket_for(request.user, number)
    except Ticket.DoesNotExist as missing:
        raise Http404 from missing


def known_view(request: AgentRequest, key: str) -> View:
    """Return the view of an address with its filters, or the page that says there is none."""
    asked = request.META.get("QUERY_STRING", "")
    pairs = [pair for pair in asked.split("&") if pair and pair.split("=")[0] not in NO_FILTERS]
    # A saved view is as it was saved, until its filters are changed.
    query = "&".join(pairs) if pairs or "f" in request.GET else None
    try:
        return view_for(request.agent, key, query, request.GET.get("order", ""))
    except NoSuchView as missing:
        raise Http404 from missing


def page_of(request: AgentRequest, ticket: Ticket) -> TicketPage:
    """Return a ticket's page as this agent sees it now."""
    zone = timezone.get_current_timezone()
    return ticket_page(ticket, request.agent, timezone.now(), zone)


def desk_context(
    request: AgentRequest, view: View | str, ticket: Ticket | None
) -> dict[str, Any]:
    """Return the context of the three panes. The number is read before what it counts."""
    view = known_view(request, view) if isinstance(view, str) else view
    context = frame_context(request) | {
        "after": newest_number(),
        "view": view.key,
        "views": view_links(
            request.agent, at=timezone.now(), zone=timezone.get_current_timezone()
        ),
        "orders": ORDER_NAMES.items(),
        "queue": listed(request, view, open_one=ticket.pk if ticket else None),
    }
    return context | (ticket_context(request, ticket, view.key) if ticket else {})


def frame_context(request: AgentRequest) -> dict[str, Any]:
    """Return what the frame of every desk page needs."""
    standing, layout = frame_of(request.agent)
    return {
        "agent": request.agent,
        "layout": layout,
        "single_keys": "on" if request.agent.single_keys else "off",
        "desk_words": words_script(),
        "sending": waiting_of(request.agent),
        "chats_waiting": waiting_count(request.agent),
        "mail_waits": waiting_too_long(timezone.now()),
        "standing": standing,
    }


def ticket_context(
    request: AgentRequest, ticket: Ticket, view: str, **forms: Any
) -> dict[str, Any]:
    """Return the context of a ticket's parts; forms with problems replace empty ones."""
    page, zone = page_of(request, ticket), timezone.get_current_timezone()
    tells = request.GET.get("say") == DELAY
    return {
        "composer": SimpleLazyObject(
            lambda: composer_of(page, timezone.now(), zone, tells_delay=tells)
        ),
        "page": page,
        "ticket": ticket,
        "agent": request.agent,
        "view": view,
        "now": timezone.now(),
        "triage_form": TriageForm(page.claim.not_critical) if page.claim else None,
        "admit_form": AdmitForm(page.known) if page.known else None,
        **forms,
    }


def listed(
    request: AgentRequest, view: View, *, open_one: int | None, have: Sequence[int] = ()
) -> QueueList:
    """Return the list of a view, from where the address asks for."""
    asked = Asked(
        skip=min(number_in(request, "from") or 0, MOST_SKIPPED), have=have, open=open_one
    )
    shown = Shown(request.agent, timezone.now(), timezone.get_current_timezone())
    return queue_list(view, shown, asked=asked)


def number_in(request: AgentRequest, name: str) -> int | None:
    """Return a number from the address, or None for anything else."""
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else None


def said(
    request: AgentRequest, ticket: Ticket | None, text: str, undo: str = "", **more: object
) -> HttpResponse:
    """Answer an action: say what was done, and how to undo it; the page fetches the rest.

    `part` is a part that changes with it, `leads` an address to correct it at; `unseen` says it
    to ears alone.
    """
    if wants_part(request):
        context = {"text": text, "undo": undo, **more}
        answer = render(request, "desk/parts/_said.html", context)
        return trigger(answer, CHANGED)
    messages.success(request, text, extra_tags=undo)
    return redirect("desk:ticket", ticket.pk) if ticket else redirect("desk:home")


def problem(
    request: AgentRequest, part: str, page: str, context: Mapping[str, Any]
) -> HttpResponse:
    """Answer a form that cannot be sent as it is: its part alone, or the whole page."""
    template = part if wants_part(request) else page
    return render(request, template, dict(context), status=422)


def dialog(
    request: AgentRequest, part: str, context: Mapping[str, Any], status: int = 200
) -> HttpResponse:
    """Return what the desk shows in a dialog, or as a page of its own without script."""
    full = frame_context(request) | dict(context) | {"part": part}
    template = part if wants_part(request) else "desk/dialog_page.html"
    answer = render(request, template, full, status=status)
    answer.headers["Cache-Control"] = "no-store"
    patch_vary_headers(answer, ["HX-Request"])
    return answer


def trigger(answer: HttpResponse, *names: str, **details: Mapping[str, Any]) -> HttpResponse:
    """Make the page hear events when this answer arrives."""
    events: dict[str, Any] = {name: {} for name in names} | details
    answer.headers["HX-Trigger"] = json.dumps(events)
    return answer

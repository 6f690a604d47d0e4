"""A person's requests in the panel: the list, one conversation, and what they add to it."""

from __future__ import annotations

from contextlib import suppress

from django.conf import settings
from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import get_current_timezone, is_aware, now

from answerable.intake.chats import open_chat_of
from answerable.intake.saying import problem_in, say_plainly, say_words, token_in
from answerable.intake.shown.conversation import conversation_of
from answerable.intake.shown.panel import panel_of
from answerable.intake.surveying import shown_to
from answerable.live.queries import newest_number
from answerable.sla.why import Reader, why_all
from answerable.tickets.access import may_write
from answerable.tickets.actions import NotAsked, decline_to_endorse, endorse, resolve
from answerable.tickets.models import Ticket
from answerable.tickets.places import place_of
from answerable.widget.attaching import taken
from answerable.widget.forms import AnswerForm
from answerable.widget.guards import WidgetRequest, contact_required, for_widgets, person_of
from answerable.widget.queries import (
    first_view,
    newest_requests,
    replies_since,
    to_confirm_by,
    visible,
)
from answerable.widget.views.chatting import page_of


@for_widgets("POST")
@contact_required
def requests(request: WidgetRequest) -> HttpResponse:
    """List the newest requests that this person may see."""
    person = person_of(request)
    portal = f"{settings.ANSWERABLE_URL}{reverse('portal:requests')}"
    context = {"rows": newest_requests(person, now()), "me": person, "portal": portal}
    return render(request, "widget/requests.html", context)


@for_widgets("POST")
@contact_required
def mine(request: WidgetRequest) -> HttpResponse:
    """Show the rows of a view alone, when something about a request changed."""
    person = person_of(request)
    if request.POST.get("view") == "requests":
        context = {"rows": newest_requests(person, now()), "me": person}
        return render(request, "widget/_rows.html", context)
    return render(request, "widget/_mine.html", first_view(person, now()))


@for_widgets("POST")
@contact_required
def request(request: WidgetRequest) -> HttpResponse:
    """Show one request: its promise, its conversation, and a box to answer."""
    ticket = _named(request)
    if ticket is None:
        return _missing(request)
    talks = open_chat_of(person_of(request))
    if talks and talks.ticket_id == ticket.pk:
        return page_of(request, talks)
    return _page(request, ticket, AnswerForm())


@for_widgets("POST")
@contact_required
def conversation(request: WidgetRequest) -> HttpResponse:
    """Show the promise and the conversation alone, when something about them changed."""
    ticket = _named(request)
    if ticket is None:
        return _missing(request)
    return render(request, "widget/_conversation.html", _shown(request, ticket))


@for_widgets("POST")
@contact_required
def stands(request: WidgetRequest) -> HttpResponse:
    """Show how the promise stands, beside a chat."""
    ticket = _named(request)
    if ticket is None:
        return _missing(request)
    panel = panel_of(ticket, now(), get_current_timezone())
    return render(request, "widget/_promise_line.html", {"ticket": ticket, "panel": panel})


@for_widgets("POST")
@contact_required
def say(request: WidgetRequest) -> HttpResponse:
    """Add to a request, once. A page whose script shows how each message stands names a token,
    and is told in a few facts; a form without one is answered with the page."""
    ticket, person = _named(request), person_of(request)
    if ticket is None or not may_write(person, ticket):
        return _missing(request)
    token = token_in(request.POST.get("token", ""))
    form, files = AnswerForm(request.POST), None
    if form.is_valid():
        files = taken(request, person, place_of(ticket.pk, "answer"), form)
    if files is None or form.errors:
        return _refused(request, ticket, form, token)
    body = form.cleaned_data["body"]
    number = say_plainly(person, ticket, body, files, token=token, at=now())
    if token:
        return JsonResponse({"number": number})
    said = visible(person, str(number)) or ticket
    return _page(request, said, AnswerForm())


@for_widgets("POST")
@contact_required
def confirm(request: WidgetRequest) -> HttpResponse:
    """Confirm a colleague's request, so that this person's guarantee applies; or decline it."""
    person = person_of(request)
    asked = to_confirm_by(person, request.POST.get("number", ""))
    if asked is None:
        return _missing(request)
    with suppress(NotAsked):  # A colleague was quicker.
        act = decline_to_endorse if "decline" in request.POST else endorse
        act(asked.ticket, contact=person, at=now())
    return render(request, "widget/ask.html", first_view(person, now()))


@for_widgets("POST")
@contact_required
def solved(request: WidgetRequest) -> HttpResponse:
    """Say that a request is solved."""
    ticket = _named(request)
    if ticket is None or not may_write(person_of(request), ticket):
        return _missing(request)
    resolve(ticket, agent=None, contact=person_of(request), reason="", at=now())
    ticket.refresh_from_db()
    return _page(request, ticket, AnswerForm())


@for_widgets("POST")
@contact_required
def why(request: WidgetRequest) -> HttpResponse:
    """Show how the due time is worked out, step by step."""
    ticket = _named(request)
    if ticket is None:
        return _missing(request)
    first, *others = why_all(ticket, Reader(get_current_timezone(), now(), is_agent=False))
    context = {"ticket": ticket, "why": first, "others": others}
    return render(request, "widget/why.html", context)


@for_widgets("POST")
@contact_required
def news(request: WidgetRequest) -> HttpResponse:
    """Say how many replies a person got since they last looked."""
    since = parse_datetime(request.POST.get("since", "")[:40])
    aware = since if since and is_aware(since) else None
    count = replies_since(person_of(request), aware) if aware else 0
    return JsonResponse({"count": count})


def _page(request: WidgetRequest, ticket: Ticket, form: AnswerForm) -> HttpResponse:
    context = _shown(request, ticket) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "widget/request.html", context, status=status)


def _refused(
    request: WidgetRequest, ticket: Ticket, form: AnswerForm, token: str
) -> HttpResponse:
    if token:
        return JsonResponse({"problem": problem_in(form)}, status=422)
    return _page(request, ticket, form)


def _shown(request: WidgetRequest, ticket: Ticket) -> dict[str, object]:
    after, zone, person = newest_number(), get_current_timezone(), person_of(request)
    return {
        "ticket": ticket,
        "me": person,
        "panel": panel_of(ticket, now(), zone),
        "conversation": conversation_of(ticket, person, zone),
        "asked": shown_to(person, ticket, now()),
        "after": after,
        "may_write": may_write(person, ticket),
        "say_words": say_words(),
    }


def _named(request: WidgetRequest) -> Ticket | None:
    return visible(person_of(request), request.POST.get("number", ""))


def _missing(request: WidgetRequest) -> HttpResponse:
    return render(request, "widget/missing.html", status=404)

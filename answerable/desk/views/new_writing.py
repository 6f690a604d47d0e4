"""What helps while one writes to somebody first, before there is a ticket."""

from __future__ import annotations

from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Contact
from answerable.desk.new_forms import WRITE
from answerable.desk.queries.belonging import person_of
from answerable.desk.queries.macros import offered_on
from answerable.desk.queries.new_message import copies_audience, kept_in, unopened
from answerable.desk.recipients import audience, chosen
from answerable.desk.views.writing import articles_for, in_theirs


@require_safe
@never_cache
@agent_required
def macros(request: AgentRequest, token: UUID) -> HttpResponse:
    """The macros for a first message, best first, with what is known filled in."""
    ticket = unopened(_person(request))
    return JsonResponse({"macros": offered_on(ticket, request.agent, now())})


@require_POST
@agent_required
def recipients(request: AgentRequest, token: UUID) -> HttpResponse:
    """To whom a first message goes, or copies of our answers to what somebody asked, after
    somebody was added, removed or confirmed."""
    ticket, is_ours = unopened(_person(request)), request.GET.get("kind") == WRITE
    people, kept = chosen(ticket, request.POST), kept_in(request.POST)
    who = (audience if is_ours else copies_audience)(ticket, people, kept)
    context = {"audience": who, "is_first": is_ours, "is_copies": not is_ours}
    return render(request, "desk/parts/_recipients.html", context)


@require_safe
@never_cache
@agent_required
def articles(request: AgentRequest, token: UUID) -> HttpResponse:
    """Articles that who is written to may read, and that say what was asked."""
    return articles_for(request, unopened(_person(request)))


@require_POST
@agent_required
def translation(request: AgentRequest, token: UUID) -> HttpResponse:
    """A first message in the language of who reads it, for its writer to look through."""
    return in_theirs(request, unopened(_person(request)))


def _person(request: AgentRequest) -> Contact:
    person = person_of(request.GET.get("person", ""))
    if person is None:
        raise Http404
    return person

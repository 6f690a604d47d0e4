"""The queue, alone or with a ticket beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import desk_context, found, known_view, listed, number_in
from answerable.lib.pages import wants_part
from answerable.routing.queries import next_for, with_somebody

MOST_KNOWN = 1000
LONGEST_NUMBER = 18


@require_safe
@never_cache
@agent_required
def home(request: AgentRequest) -> HttpResponse:
    return render(request, "desk/desk.html", desk_context(request, "all", None))


@require_safe
@never_cache
@agent_required
def queue(request: AgentRequest, view: str) -> HttpResponse:
    return render(request, "desk/desk.html", desk_context(request, known_view(view), None))


@require_safe
@never_cache
@agent_required
def rows(request: AgentRequest, view: str) -> HttpResponse:
    """The list alone, with what became of the rows that the page names in `have`."""
    have = [
        int(number)
        for number in request.GET.get("have", "").split(",")
        if number.isdecimal() and len(number) <= LONGEST_NUMBER
    ]
    open_one = number_in(request, "open")
    shown = listed(request, known_view(view), open_one=open_one, have=have[:MOST_KNOWN])
    return render(request, "desk/parts/_rows.html", {"queue": shown, "view": view})


@require_safe
@never_cache
@agent_required
def next_ticket(request: AgentRequest) -> HttpResponse:
    """Lead to the ticket with the least slack that this agent can work on."""
    after = number_in(request, "after")
    number = next_for(request.agent, at=timezone.now(), after=after)
    if number is None:
        return _nothing(request)
    if wants_part(request):
        return redirect("desk:pane", "all", number)
    return redirect("desk:queue_ticket", "all", number)


@require_safe
@never_cache
@agent_required
def queue_ticket(request: AgentRequest, view: str, number: int) -> HttpResponse:
    context = desk_context(request, known_view(view), found(request, number))
    return render(request, "desk/desk.html", context)


def _nothing(request: AgentRequest) -> HttpResponse:
    busy = with_somebody(request.agent)
    words = ngettext(
        "{count} ticket has somebody on it.", "{count} tickets have somebody on them.", busy
    ).format(count=busy)
    text = _("Nothing you can work on is waiting.")
    text = f"{text} {words}" if busy else text
    if wants_part(request):
        return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
    messages.info(request, text)
    return redirect("desk:home")

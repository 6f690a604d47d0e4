"""The queue, alone or with a ticket beside it."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.timezone import get_current_timezone, now
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import (
    CHANGED,
    desk_context,
    dialog,
    found,
    known_view,
    listed,
    number_in,
    said,
    trigger,
)
from answerable.desk.queries.views import counted_links
from answerable.desk.queue_forms import SkipForm
from answerable.lib.pages import wants_part
from answerable.routing.actions import pass_over, serve_next
from answerable.routing.queries import with_somebody

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
    return render(request, "desk/desk.html", desk_context(request, view, None))


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
    shown = listed(
        request, known_view(request, view), open_one=open_one, have=have[:MOST_KNOWN]
    )
    return render(request, "desk/parts/_rows.html", {"queue": shown, "view": view})


@require_safe
@never_cache
@agent_required
def counts(request: AgentRequest, view: str) -> HttpResponse:
    """The views with their counts, as an open page asks for them."""
    links = counted_links(request.agent, at=now(), zone=get_current_timezone())
    return render(request, "desk/parts/_views.html", {"views": links, "view": view})


@require_GET
@never_cache
@agent_required
def next_ticket(request: AgentRequest) -> HttpResponse:
    """Lead to the ticket with the least slack that this agent can work on: nobody else is led
    to it meanwhile."""
    number = serve_next(request.agent, at=now(), after=number_in(request, "after"))
    if number is None:
        return _nothing(request)
    if wants_part(request):
        return redirect("desk:pane", "all", number)
    return redirect("desk:queue_ticket", "all", number)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@agent_required
def skip(request: AgentRequest, number: int) -> HttpResponse:
    """Ask why a ticket is passed over, or note it and lead to the next."""
    ticket = found(request, number)
    form = SkipForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        status = 422 if form.errors else 200
        context = {"ticket": ticket, "form": form}
        return dialog(request, "desk/parts/_skip.html", context, status=status)
    reason, note = form.cleaned_data["reason"], form.cleaned_data["note"]
    pass_over(ticket, agent=request.agent, reason=reason, note=note, at=now())
    words = _("Skipped #{number}.").format(number=number)
    following = serve_next(request.agent, at=now(), after=number)
    answer = said(request, ticket, words)
    if following is None or not wants_part(request):
        return answer
    address = reverse("desk:queue_ticket", args=["all", following])
    return trigger(answer, CHANGED, **{"desk:open": {"address": address}})


@require_safe
@never_cache
@agent_required
def queue_ticket(request: AgentRequest, view: str, number: int) -> HttpResponse:
    context = desk_context(request, view, found(request, number))
    return render(request, "desk/desk.html", context)


def _nothing(request: AgentRequest) -> HttpResponse:
    busy = with_somebody(request.agent, at=now())
    words = ngettext(
        "{count} ticket has somebody on it.", "{count} tickets have somebody on them.", busy
    ).format(count=busy)
    text = _("Nothing you can work on is waiting.")
    text = f"{text} {words}" if busy else text
    if wants_part(request):
        return HttpResponse(text, status=404, content_type="text/plain; charset=utf-8")
    messages.info(request, text)
    return redirect("desk:home")

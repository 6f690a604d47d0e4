"""A ticket: its page, its parts as they change, and why it is due when it is."""

from __future__ import annotations

from datetime import date, datetime, time

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.desk.pages import (
    desk_context,
    dialog,
    found,
    known_view,
    number_in,
    ticket_context,
)
from answerable.desk.queries.clocks import clocks_of
from answerable.desk.queries.found import MOST_HITS, said_in
from answerable.desk.queries.peek import peek_at
from answerable.desk.queries.timeline import timeline_of
from answerable.desk.queries.window import Show, Window, event_of_day, places
from answerable.live.queries import newest_number
from answerable.sla.why import Reader, why_all
from answerable.tickets.models import Ticket

LONGEST_SEARCHED = 200


@require_safe
@never_cache
@agent_required
def ticket(request: AgentRequest, number: int) -> HttpResponse:
    context = desk_context(request, "all", found(request, number))
    return render(request, "desk/desk.html", context)


@require_safe
@never_cache
@agent_required
def pane(request: AgentRequest, view: str, number: int) -> HttpResponse:
    """The ticket and its customer, for a page that has the queue already."""
    after = newest_number()
    context = ticket_context(request, found(request, number), known_view(request, view).key)
    return render(request, "desk/parts/_pane.html", context | {"after": after})


@require_safe
@never_cache
@agent_required
def peek(request: AgentRequest, number: int) -> HttpResponse:
    """A ticket at a glance, for a page that has its row: nobody is told."""
    zone = timezone.get_current_timezone()
    shown = peek_at(found(request, number), request.agent, timezone.now(), zone)
    return render(request, "desk/parts/_peek.html", {"peek": shown})


@require_safe
@never_cache
@agent_required
def parts(request: AgentRequest, number: int) -> HttpResponse:
    """Every part of a ticket that can change, for a page that shows it."""
    context = ticket_context(request, found(request, number), "all")
    return render(request, "desk/parts/_parts.html", context)


@require_safe
@never_cache
@agent_required
def earlier(request: AgentRequest, number: int) -> HttpResponse:
    """The entries before an event: a part of the timeline, or a page of their own."""
    shown = found(request, number)
    zone = timezone.get_current_timezone()
    part = Window(before=number_in(request, "before"))
    timeline = timeline_of(shown, clocks_of(shown), zone, part)
    context = {"ticket": shown, "timeline": timeline}
    return dialog(request, "desk/parts/_feed.html", context)


@require_safe
@never_cache
@agent_required
def window(request: AgentRequest, number: int) -> HttpResponse:
    """Entries of a conversation: before, after or around one, of a day, or the latest."""
    shown = found(request, number)
    part = _asked(request, shown)
    timeline = timeline_of(shown, clocks_of(shown), timezone.get_current_timezone(), part)
    first = timeline.first
    count, above = places(shown, first, part.show) if first else (0, 0)
    context = {"ticket": shown, "timeline": timeline, "count": count, "above": above}
    return render(request, "desk/parts/_window.html", context | {"around": part.around})


@require_safe
@never_cache
@agent_required
def where(request: AgentRequest, number: int) -> HttpResponse:
    """How many entries a conversation has, and how many of them stand above one."""
    first = number_in(request, "first") or 0
    count, above = places(found(request, number), first)
    return JsonResponse({"count": count, "above": above})


@require_safe
@never_cache
@agent_required
def find(request: AgentRequest, number: int) -> HttpResponse:
    """The messages and notes of a conversation that say something."""
    shown, words = found(request, number), request.GET.get("q", "")[:LONGEST_SEARCHED].strip()
    zone = timezone.get_current_timezone()
    hits = said_in(shown, words, timezone.now(), zone) if words else []
    context = {"ticket": shown, "hits": hits, "words": words, "most": MOST_HITS}
    return render(request, "desk/parts/_hits.html", context)


def _asked(request: AgentRequest, shown: Ticket) -> Window:
    sort = request.GET.get("show", "")
    show = Show(sort) if sort in list(Show) else Show.ALL
    around = number_in(request, "around")
    if day := _day(request.GET.get("day", "")):
        start = datetime.combine(day, time.min, timezone.get_current_timezone())
        around = event_of_day(shown, start, show)
    before, after = number_in(request, "before"), number_in(request, "after")
    return Window(before, after, around, show)


def _day(text: str) -> date | None:
    try:
        return parse_date(text)
    except ValueError:
        return None


@require_safe
@never_cache
@agent_required
def why(request: AgentRequest, number: int) -> HttpResponse:
    shown = found(request, number)
    reader = Reader(timezone.get_current_timezone(), timezone.now(), is_agent=True)
    first, *others = why_all(shown, reader)
    context = {"ticket": shown, "why": first, "others": others}
    return dialog(request, "desk/parts/_why.html", context)

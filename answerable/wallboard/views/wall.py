"""The wallboard of a lead, at the desk or on a screen that they are signed in on."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from answerable.accounts.guards import AgentRequest
from answerable.forecast.access import Watcher
from answerable.lib.times import city
from answerable.live.queries import newest_number
from answerable.wallboard.board import board_for
from answerable.wallboard.guards import lead_required

TV = "tv"
STREAM = "/live/?topics=queue-all,wall-all,crew-all"


def frame(request: AgentRequest) -> dict[str, Any]:
    """Return what the frame of every page needs."""
    agent = request.agent
    return {"agent": agent, "single_keys": "on" if agent.single_keys else "off"}


def shown(watcher: Watcher, *, is_tv: bool) -> dict[str, Any]:
    """Return what the tiles show. The number is read before what it counts."""
    after, at = newest_number(), timezone.now()
    board = board_for(watcher, at)
    return {
        "after": after,
        "board": board,
        "now": at,
        "is_tv": is_tv,
        "zone": board.zone,
        "city": city(board.zone),
    }


def watcher_for(request: AgentRequest, *, is_tv: bool) -> Watcher:
    """Return who looks: on a wall, names of customers are shown where the address says so."""
    return Watcher(lead=request.agent, hides_names=is_tv and request.GET.get("names") != "on")


@require_safe
@never_cache
@lead_required
def wall(request: AgentRequest) -> HttpResponse:
    """The whole board."""
    is_tv = request.GET.get("view") == TV
    context = shown(watcher_for(request, is_tv=is_tv), is_tv=is_tv) | frame(request)
    context |= {"tiles_url": _tiles_url(request), "stream": STREAM}
    page = "wallboard/tv.html" if is_tv else "wallboard/wall.html"
    return render(request, page, context)


@require_safe
@never_cache
@lead_required
def tiles(request: AgentRequest) -> HttpResponse:
    """The tiles alone, for a page that is open."""
    is_tv = request.GET.get("view") == TV
    context = shown(watcher_for(request, is_tv=is_tv), is_tv=is_tv)
    return render(request, "wallboard/_tiles.html", context)


def _tiles_url(request: HttpRequest) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{request.path}tiles/?{query}"

"""The agent's side of a call from browser to browser."""

from __future__ import annotations

from django.http import Http404, HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.channels.voice.access import call_of_agent, going_on_of
from answerable.channels.voice.actions.recording import (
    LARGEST_PIECE,
    NotAllowed,
    finish,
    keep_piece,
)
from answerable.channels.voice.bar import bar_context
from answerable.channels.voice.core.browser import NotSaid
from answerable.channels.voice.models import Call, Signal
from answerable.channels.voice.talking import talked
from answerable.channels.voice.told import recording_of
from answerable.desk.keys import KEYS

AGENT = Signal.Side.AGENT


@require_safe
@never_cache
@agent_required
def bar(request: AgentRequest) -> HttpResponse:
    """The bar of the call that this agent is in, or nothing."""
    call = going_on_of(agent=request.agent)
    if call is None:
        return HttpResponse()
    context = bar_context(call, AGENT, now(), request.agent)
    context |= {
        "mute_key": KEYS["mute"].bound_by(request.agent.keys),
        "onward": reverse("desk:hand_on", args=[call.key]),
    }
    return render(request, "desk/parts/_call_bar.html", context)


@require_POST
@never_cache
@agent_required
def talk(request: AgentRequest, key: str) -> HttpResponse:
    """Hear what the agent's page says, and tell it how the call stands."""
    try:
        call, form = _mine(request, key), request.POST.dict()
        return JsonResponse(talked(call, AGENT, form, agent=request.agent, at=now()))
    except NotSaid:
        return HttpResponseBadRequest()


@require_POST
@agent_required
def recorded(request: AgentRequest, key: str, number: int, piece: int) -> HttpResponse:
    """Keep some seconds of a recording; the last of them make a file of it."""
    recording = recording_of(_mine(request, key), number)
    if recording is None:
        raise Http404
    data = request.read(LARGEST_PIECE + 1)
    try:
        keep_piece(recording, piece, data, at=now())
    except NotAllowed:
        return HttpResponse(status=409)
    if "last" in request.GET:
        finish(recording, at=now())
    return HttpResponse(status=204)


def _mine(request: AgentRequest, key: str) -> Call:
    call = call_of_agent(request.agent, key)
    if call is None:
        raise Http404
    return call

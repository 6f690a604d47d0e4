"""Who may open a page of the wallboard: leads, and screens by the token in their address."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.timezone import now

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.forecast.access import Watcher, watcher_of

P = ParamSpec("P")


def lead_required(
    view: Callable[Concatenate[AgentRequest, P], HttpResponse],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Let only leads and administrators in; another agent reads whom to ask, and a customer
    finds no such page."""
    return agent_required(role=Agent.Role.LEAD)(view)


def watcher_required(
    view: Callable[Concatenate[HttpRequest, Watcher, P], HttpResponse],
) -> Callable[..., HttpResponse]:
    """Let a screen in by its token; with one that is not known, there is no such page."""

    @wraps(view)
    def guard(
        request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
    ) -> HttpResponse:
        watcher = watcher_of(request.user, token, now())
        if watcher is None:
            raise Http404
        return view(request, watcher, *args, **kwargs)

    return guard

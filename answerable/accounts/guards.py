"""Who may open a page: agents the desk, contacts their requests, and nobody else either."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, overload
from urllib.parse import urlsplit

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render, resolve_url
from django.utils.translation import gettext as _

from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.models import Agent, Contact, Installation

P = ParamSpec("P")
RANKS = [Agent.Role.AGENT, Agent.Role.LEAD, Agent.Role.ADMINISTRATOR]


class AgentRequest(HttpRequest):
    """A request of a signed-in agent."""

    agent: Agent


class ContactRequest(HttpRequest):
    """A request of a signed-in contact."""

    contact: Contact


AgentView = Callable[Concatenate[AgentRequest, P], HttpResponseBase]
ContactView = Callable[Concatenate[ContactRequest, P], HttpResponseBase]
AnyView = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


@overload
def agent_required(view: AgentView[P], /) -> AnyView[P]: ...
@overload
def agent_required(*, role: str) -> Callable[[AgentView[P]], AnyView[P]]: ...
def agent_required(
    view: AgentView[P] | None = None, /, *, role: str = Agent.Role.AGENT
) -> AnyView[P] | Callable[[AgentView[P]], AnyView[P]]:
    """Let only agents of this role or a higher one in, as `request.agent`.

    Others are sent to sign in; a customer finds no such page. Agents without a second factor
    are led to set one up first, where the installation demands it.
    """

    def guarded(view: AgentView[P]) -> AnyView[P]:
        @wraps(view)
        def guard(
            request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponseBase:
            agent = agent_of(request.user)
            if agent is None:
                return _turn_away(request)
            if lacks_second_factor(agent):
                return redirect("signin:second_factor")
            if RANKS.index(Agent.Role(agent.role)) < RANKS.index(Agent.Role(role)):
                return _needs(request, role)
            request.agent = agent  # type: ignore[attr-defined]  # This makes it an AgentRequest.
            return view(request, *args, **kwargs)  # type: ignore[arg-type]

        return guard

    return guarded(view) if view else guarded


def contact_required(view: ContactView[P], /) -> AnyView[P]:
    """Let only contacts in, as `request.contact`; agents and others find no such page."""

    @wraps(view)
    def guard(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        contact = contact_of(request.user)
        if contact is None:
            return _turn_away(request)
        request.contact = contact  # type: ignore[attr-defined]  # This makes it a ContactRequest.
        return view(request, *args, **kwargs)  # type: ignore[arg-type]

    return guard


def lacks_second_factor(agent: Agent) -> bool:
    """Say whether an agent must set up a second factor or a passkey before the desk opens."""
    if settings.ANSWERABLE_SECOND_FACTOR == "optional" or is_mfa_enabled(agent.user):
        return False
    return not Installation.objects.filter(demo=True).exists()


def _turn_away(request: HttpRequest) -> HttpResponseBase:
    """Send a stranger to sign in, and come back; who is signed in finds no such page.

    A part that a page fetches by itself is refused quietly: a reader is not thrown off a page
    that holds unsent text.
    """
    if request.user.is_authenticated:
        raise Http404
    sign_in = resolve_url(settings.LOGIN_URL)
    if "HX-Request" not in request.headers:
        return redirect_to_login(request.get_full_path(), sign_in)
    refused = HttpResponse(status=401)
    if request.method == "POST":
        page = urlsplit(request.headers.get("HX-Current-URL", "")).path or "/"
        refused.headers["HX-Redirect"] = redirect_to_login(page, sign_in).url
    return refused


def _needs(request: HttpRequest, role: str) -> HttpResponse:
    above = RANKS[RANKS.index(Agent.Role(role)) :]
    names = Agent.objects.active().filter(role__in=above).order_by("name")
    context = {
        "role": Agent.Role(role).label,
        "names": ", ".join(names.values_list("name", flat=True)),
        "back": "/desk/",
        "back_label": _("Back to the queue"),
    }
    return render(request, "403.html", context, status=403)

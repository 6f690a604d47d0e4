"""What agents need beside their password, and the way out for everybody."""

from __future__ import annotations

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.contrib.auth import logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from answerable.accounts.access import agent_of
from answerable.accounts.guards import lacks_second_factor


@never_cache
def second_factor(request: HttpRequest) -> HttpResponse:
    """Lead an agent to set up a second factor or a passkey before the desk opens."""
    agent = agent_of(request.user)
    if agent is None:
        if request.user.is_authenticated:
            raise Http404
        return redirect("account_login")
    if not lacks_second_factor(agent):
        return redirect("/desk/")
    context = {"agent": agent, "by_number": _is_number(request.get_host())}
    return render(request, "signin/second_factor.html", context)


def _is_number(host: str) -> bool:
    """Say whether a page is open by its IP number, for which browsers make no passkeys."""
    name = urlsplit(f"//{host}").hostname or ""
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session."""
    logout(request)
    return redirect("signin:home")


def no_such_page(request: HttpRequest) -> HttpResponse:
    """Close an address that a package of ours would open."""
    raise Http404

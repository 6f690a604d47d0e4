"""The demonstration: one press makes a visitor somebody of the cast."""

from __future__ import annotations

from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from answerable.accounts.actions import let_in
from answerable.accounts.models import Agent, Contact, User
from answerable.signin import queries
from answerable.signin.safe import safe_next
from answerable.signin.views.links import BACKEND


@require_POST
def sign_in(request: HttpRequest) -> HttpResponse:
    """Be somebody of the cast. Outside a demonstration there is no such page."""
    if not queries.is_demo():
        raise Http404
    kind, _, key = request.POST.get("person", "").partition("-")
    if not key.isdecimal() or len(key) > 9:
        raise Http404
    user, desk = _somebody(kind, int(key))
    logout(request)
    login(request, user, backend=BACKEND)
    return redirect(safe_next(request, desk))


def _somebody(kind: str, key: int) -> tuple[User, str]:
    if kind == "agent":
        agent = get_object_or_404(Agent.objects.active().select_related("user"), pk=key)
        return agent.user, "/desk/"
    contact = get_object_or_404(Contact, pk=key, left_at=None)
    return let_in(contact, at=now()), "/requests/"

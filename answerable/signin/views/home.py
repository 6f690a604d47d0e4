"""The first page: what this is, or straight to where the reader works."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.utils.timezone import now
from django.views.decorators.http import require_POST

from answerable.accounts.access import agent_of, contact_of
from answerable.accounts.actions import choose_language
from answerable.accounts.models import User
from answerable.signin import queries
from answerable.signin.safe import safe_next


def home(request: HttpRequest) -> HttpResponse:
    """Show the demonstration's cast; else lead to desk, requests, or signing in."""
    if queries.is_demo():
        return render(request, "signin/demo.html", _demo())
    if agent_of(request.user):
        return redirect("/desk/")
    if contact_of(request.user):
        return redirect("/requests/")
    if not queries.has_agents():
        return render(request, "signin/nobody_yet.html")
    return redirect("signin:choose")


def _demo() -> dict[str, object]:
    players, agents = queries.players(now()), queries.vendors_people()
    return {
        "players": players,
        "agents": agents,
        "first": players[0].contact if players else None,
        "specialist": agents[0] if agents else None,
        "address": settings.ANSWERABLE_MAIL_ADDRESS,
        "host": settings.ANSWERABLE_MAIL_HOST,
        "port": settings.ANSWERABLE_MAIL_PORT,
    }


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Change the language of the pages, and of the person who is signed in."""
    answer = redirect(safe_next(request))
    code = request.POST.get("language", "")
    if not translation.check_for_language(code) or code not in dict(settings.LANGUAGES):
        return answer
    if isinstance(request.user, User):
        choose_language(request.user, code)
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, code, max_age=settings.SESSION_COOKIE_AGE, samesite="Lax"
    )
    return answer

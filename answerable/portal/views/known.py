"""Known incidents on pages of customers, and following one of them."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import get_current_timezone, now
from django.views.decorators.http import require_POST

from answerable.accounts.access import contact_of
from answerable.accounts.guards import ContactRequest, contact_required
from answerable.accounts.models import Contact
from answerable.incidents.models import Follower
from answerable.intake.known import be_told, known_to
from answerable.lib.pages import wants_part

BACK = {"contact": "portal:new", "requests": "portal:requests"}


def known(request: HttpRequest) -> HttpResponse:
    """Show what is known to be wrong now, when something about that changed."""
    return _part(request, contact_of(request.user))


@require_POST
@contact_required
def affected(request: ContactRequest) -> HttpResponse:
    """Let somebody be told how an incident goes on; it may affect them, too."""
    asked, source = request.POST, Follower.Source.PORTAL
    key, what = asked.get("incident", ""), asked.get("what", "")
    be_told(request.contact, key, what, source=source, at=now())
    if wants_part(request):
        return _part(request, request.contact)
    return redirect(BACK.get(asked.get("back", ""), "portal:requests"))


def _part(request: HttpRequest, person: Contact | None) -> HttpResponse:
    context = {"known": known_to(person, now(), get_current_timezone()), "me": person}
    back = (request.POST or request.GET).get("back", "")
    return render(request, "portal/_known.html", context | {"back": back})

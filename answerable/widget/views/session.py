"""The session of a person in the widget: opened by a vendor's token, read, and ended."""

from __future__ import annotations

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.timezone import now
from django.views.decorators.debug import sensitive_variables

from answerable.accounts.access import strangers_may
from answerable.accounts.actions.limits import WINDOW, is_used_up, within_limit
from answerable.accounts.actions.widget import Opened, end_session
from answerable.accounts.core.claims import Refused, Why
from answerable.accounts.models import Contact, WidgetSession, Workspace
from answerable.lib.peer import address_of
from answerable.widget.guards import (
    WidgetRequest,
    for_widgets,
    refused,
    session_required,
    widget_session,
)
from answerable.widget.identity import enter, enter_unknown
from answerable.widget.limits import REFUSALS_PER_IP, STRANGERS_PER_IP

LONGEST_BODY = 10_000


@for_widgets("GET", "POST", "DELETE")
def session(request: HttpRequest) -> HttpResponse:
    """Open a session with {"identity": token}, or as a stranger with {}; read it; end it."""
    return _open(request) if request.method == "POST" else _held(request)


@sensitive_variables("token")
def _open(request: HttpRequest) -> HttpResponse:
    """Open a session, or go on with the one that this token opened before."""
    address = address_of(request)
    if is_used_up("widget-refused", address, REFUSALS_PER_IP, at=now()):
        return _too_many()
    token, held = _identity(request), widget_session(request)
    if token is None:
        return refused(Why.MALFORMED, status=400)
    is_new = not (token or held)
    if is_new and not within_limit("widget-stranger", address, STRANGERS_PER_IP, at=now()):
        return _too_many()
    origin = request.headers.get("Origin", "")
    try:
        if token:
            opened = enter(token, held, origin=origin, at=now())
        else:
            opened = enter_unknown(held, origin=origin, at=now())
    except Refused as wrong:
        within_limit("widget-refused", address, REFUSALS_PER_IP, at=now())
        return refused(wrong.why, status=401)
    return _told(opened)


@session_required
def _held(request: WidgetRequest) -> HttpResponse:
    if request.method == "DELETE":
        end_session(request.widget, at=now())
        return HttpResponse(status=204)
    return JsonResponse(_facts(request.widget))


def _identity(request: HttpRequest) -> str | None:
    """Return the token that was sent, "" for none, or None for what is no such request."""
    try:
        said = json.loads(request.read(LONGEST_BODY + 1)[:LONGEST_BODY] or b"{}")
    except (ValueError, RecursionError):
        return None
    if not isinstance(said, dict):
        return None
    token = said.get("identity", "")
    return token if isinstance(token, str) else None


def _told(opened: Opened) -> HttpResponse:
    facts = _facts(opened.session)
    if opened.token:
        return JsonResponse(facts | {"session": opened.token}, status=201)
    return JsonResponse(facts)


def _facts(session: WidgetSession) -> dict[str, object]:
    person = session.contact
    return {
        "expires_at": session.expires_at.isoformat(),
        "person": _person(person) if person else None,
        "may_write": person is not None or strangers_may(Workspace.Anonymous.WRITE),
    }


def _person(contact: Contact) -> dict[str, object]:
    return {
        "key": contact.pk,
        "name": contact.name,
        "customer": contact.customer.name,
        "email": contact.email,
        "phone": contact.phone,
        "language": contact.language,
        "zone": contact.zone,
        "super_admin": contact.product_role == Contact.Role.SUPER_ADMIN,
    }


def _too_many() -> HttpResponse:
    answer = refused("too_many", status=429)
    answer.headers["Retry-After"] = str(int(WINDOW.total_seconds()))
    return answer

"""Who asks from inside the widget, and from which page: the way in of every view of this room.

A view here is asked by scripts on other sites. It knows its reader by a bearer token alone and
looks at no cookie, so that a page which makes a browser ask gets nothing that it could not get
by itself: that is why these views need no CSRF token, and never allow credentials.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.utils.timezone import now
from django.views.decorators.csrf import csrf_exempt

from answerable.accounts.access import widget_session_of
from answerable.accounts.models import Contact, WidgetSession
from answerable.accounts.signed import workspace

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
BEARER = "Bearer "
LONGEST_TOKEN = 200
PREFLIGHT_SECONDS = "600"
HEADERS = "Authorization, Content-Type, Accept-Language, X-Visit"
EXPOSED = "Content-Language, Location, Retry-After"


class WidgetRequest(HttpRequest):
    """A request of somebody in the widget: a contact, or a stranger, by their session."""

    widget: WidgetSession


WidgetView = Callable[Concatenate[WidgetRequest, P], HttpResponse]


def widget_session(request: HttpRequest) -> WidgetSession | None:
    """Return the session that a request bears, or None when it has none that works."""
    said = request.headers.get("Authorization", "")
    token = said.removeprefix(BEARER).strip() if said.startswith(BEARER) else ""
    if not token or len(token) > LONGEST_TOKEN:
        return None
    return widget_session_of(token, now())


def widget_reader(request: HttpRequest) -> Contact | None:
    """Return the contact who asks from the widget; None for a stranger and for no session."""
    session = widget_session(request)
    return session.contact if session else None


def for_widgets(*methods: str) -> Callable[[View[P]], View[P]]:
    """Let scripts of registered pages ask a view by these methods, and nobody's cookies count.

    What comes without an Origin comes from no other site's page: it may ask too.
    """

    def wrapped(view: View[P]) -> View[P]:
        @csrf_exempt
        @wraps(view)
        def guard(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            origin = request.headers.get("Origin", "")
            if origin and not may_embed(origin):
                return _kept(refused("origin", status=403))
            if request.method == "OPTIONS":
                answer = _preflight(methods)
            elif request.method not in methods:
                answer = HttpResponse(status=405, headers={"Allow": ", ".join(methods)})
            else:
                request.user = AnonymousUser()
                answer = view(request, *args, **kwargs)
            return _kept(answer, origin)

        return guard

    return wrapped


def session_required(view: WidgetView[P]) -> View[P]:
    """Let only people with a session of the widget in, as `request.widget`, in their language
    and zone; others are told to open one."""

    @wraps(view)
    def guard(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        session = widget_session(request)
        if session is None:
            return refused("session", status=401)
        request.widget = session  # type: ignore[attr-defined]  # This makes it a WidgetRequest.
        person = session.contact
        zone = ZoneInfo(person.zone if person else settings.ANSWERABLE_ZONE)
        language = person.language if person else translation.get_language()
        with timezone.override(zone), translation.override(language):
            answer = view(request, *args, **kwargs)  # type: ignore[arg-type]
        answer.headers["Content-Language"] = language
        return answer

    return guard


def contact_required(view: WidgetView[P]) -> View[P]:
    """As session_required, for contacts alone: a stranger is told to sign in."""

    @wraps(view)
    def known(request: WidgetRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.widget.contact is None:
            return refused("stranger", status=403)
        return view(request, *args, **kwargs)

    return session_required(known)


def person_of(request: WidgetRequest) -> Contact:
    """Return who asks, in a view that contact_required guards."""
    person = request.widget.contact
    if person is None:
        raise Contact.DoesNotExist
    return person


def may_embed(origin: str) -> bool:
    """Say whether pages of this origin may show the widget: ours, and those registered."""
    ours = urlsplit(settings.ANSWERABLE_URL)
    return origin == f"{ours.scheme}://{ours.netloc}" or origin in workspace().origins


def refused(reason: str, *, status: int) -> JsonResponse:
    """Return the answer to what is not let in: a word that a program understands."""
    return JsonResponse({"reason": reason}, status=status)


def _preflight(methods: tuple[str, ...]) -> HttpResponse:
    return HttpResponse(
        status=204,
        headers={
            "Access-Control-Allow-Methods": ", ".join(methods),
            "Access-Control-Allow-Headers": HEADERS,
            "Access-Control-Max-Age": PREFLIGHT_SECONDS,
        },
    )


def _kept(answer: HttpResponse, origin: str = "") -> HttpResponse:
    if origin:
        answer.headers["Access-Control-Allow-Origin"] = origin
        answer.headers["Access-Control-Expose-Headers"] = EXPOSED
    patch_vary_headers(answer, ["Origin"])
    answer.headers.setdefault("Cache-Control", "no-store")
    return answer

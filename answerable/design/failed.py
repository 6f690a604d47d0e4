"""The answer to a request that failed on our side: in words, with what was sent still there."""

from __future__ import annotations

import logging
import sys
from collections.abc import Iterator

from django.conf import settings
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.template.loader import render_to_string
from django.utils.log import log_response
from django.utils.translation import gettext as _

from answerable.lib.away import Away, has_waited, is_away
from answerable.lib.pages import wants_part

log = logging.getLogger(__name__)

AGAIN_SECONDS = 5
PLAIN = "text/plain; charset=utf-8"
# What may not stand in a page, not even in its sender's own.
SECRET = ("password", "code", "credential", "token")
CSRF = "csrfmiddlewaretoken"

Field = tuple[str, str]


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer 503 when the database is away, and 500 when something of ours is broken.

    Asks the database nothing. Called while the error is being handled.
    """
    error = sys.exc_info()[1]
    if not is_away(error):
        return HttpResponse(_page(request, []), status=500)
    answer = _away(request)
    answer.is_worth_a_try = not has_waited(error)
    answer.headers["Retry-After"] = str(AGAIN_SECONDS)
    answer.headers["Cache-Control"] = "no-store"
    log_response(
        "The database is away (%s).",
        type(error).__name__,
        response=answer,
        request=request,
        logger=log,
        level="warning",
    )
    return answer


def _away(request: HttpRequest) -> Away:
    if wants_part(request):
        return Away(_("There is a problem with the service"), content_type=PLAIN)
    return Away(_page(request, _sent(request)))


def _page(request: HttpRequest, sent: list[Field]) -> str:
    context = {"request": request, "vendor": settings.ANSWERABLE_VENDOR, "sent": sent}
    return render_to_string("500.html", context)


def _sent(request: HttpRequest) -> list[Field]:
    """Return the fields of a form, so that one press sends them again; none with a secret.

    Its key against forgery is the one that was sent, and is looked at again.
    """
    if request.method != "POST":
        return []
    try:
        fields = list(_fields(request))
    except (SuspiciousOperation, MultiPartParserError, UnreadablePostError):
        return []
    names = {name.lower() for name, _value in fields if name != CSRF}
    secret = any(word in name for name in names for word in SECRET)
    return [] if secret or request.FILES else fields


def _fields(request: HttpRequest) -> Iterator[Field]:
    for name, values in request.POST.lists():
        yield from ((name, value) for value in values)

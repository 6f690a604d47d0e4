"""Files that were too large for a mail: whoever has its link gets them, until it ends."""

from __future__ import annotations

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import now
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_safe

from answerable.files.capability import read_link
from answerable.files.words import described, held_words, icon_of
from answerable.tickets.beside import led_to_file
from answerable.tickets.models import Attachment


@require_safe
@never_cache
@sensitive_variables("token")
def sent_file(request: HttpRequest, token: str) -> HttpResponse:
    """Show which file a link of a mail is for and until when, or hand it over; or why not.

    Looking alone hands nothing over: mail servers open links before their readers do.
    """
    number, ends_at = read_link(token) or (0, None)
    if ends_at and ends_at <= now():
        return _page(request, 410)
    found = Attachment.objects.filter(pk=number).select_related("file").first()
    if found is None:
        return _page(request, 404)
    held = held_words(found.file)
    if "get" in request.GET and not held:
        return led_to_file(found, view=False)
    context = {
        "name": found.name,
        "about": described(found.file),
        "icon": icon_of(found.file),
        "held": held,
        "ends_at": ends_at,
    }
    return _page(request, 409 if held else 200, context)


def _page(
    request: HttpRequest, status: int, context: Mapping[str, object] | None = None
) -> HttpResponse:
    about = {"has_ended": status == 410, **(context or {})}
    answer = render(request, "portal/sent_file.html", about, status=status)
    answer.headers["X-Robots-Tag"] = "noindex"
    return answer

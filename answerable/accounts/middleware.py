"""Gives each page the time zone and the language of the person who reads it."""

from __future__ import annotations

from collections.abc import Callable
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation

from answerable.accounts.access import agent_of, contact_of


class ReadersZone:
    """Activates the reader's zone and language; a stranger gets the vendor's zone."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        zone, language = _of(request)
        language = language or translation.get_language()
        with timezone.override(ZoneInfo(zone)), translation.override(language):
            answer = self.get_response(request)
            answer.headers.setdefault("Content-Language", language)
            return answer


def _of(request: HttpRequest) -> tuple[str, str | None]:
    if request.path.startswith(("/health", "/metrics", "/static/", "/widget/")):
        return settings.ANSWERABLE_ZONE, None
    person = agent_of(request.user) or contact_of(request.user)
    return (person.zone, person.language) if person else (settings.ANSWERABLE_ZONE, None)

"""Lets a session say on what it was opened, and when it was used last."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from django.http import HttpRequest, HttpResponse
from django.utils.timezone import now

from answerable.accounts.devices.store import BEGUN, DEVICE, SEEN

NOTED = timedelta(hours=1)
QUIET = ("/health", "/metrics", "/static/", "/live/", "/files/", "/widget/")


class KnowsDevice:
    """Notes browser and time in the session of somebody who is signed in, once an hour."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(QUIET) and request.user.is_authenticated:
            _note(request, now())
        return self.get_response(request)


def _note(request: HttpRequest, at: datetime) -> None:
    session = request.session
    last = session.get(SEEN)
    if last and datetime.fromisoformat(last) > at - NOTED:
        return
    session.setdefault(BEGUN, at.isoformat())
    session[DEVICE] = request.headers.get("User-Agent", "")[:300]
    session[SEEN] = at.isoformat()

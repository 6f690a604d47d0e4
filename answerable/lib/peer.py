"""Where a request comes from."""

from __future__ import annotations

from django.http import HttpRequest


def address_of(request: HttpRequest) -> str:
    """Return the IP number that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))

"""Where somebody is led after signing in: only ever to a page of ours."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

LONGEST = 200


def safe_next(request: HttpRequest, default: str = "/") -> str:
    """Return the page that the request names as `next`, if it is one of ours."""
    named = request.POST.get("next") or request.GET.get("next") or ""
    return named if is_ours(named) else default


def is_ours(address: str) -> bool:
    """Say whether an address is a path on this site."""
    if not address.startswith("/") or len(address) > LONGEST:
        return False
    return url_has_allowed_host_and_scheme(address, allowed_hosts=None)

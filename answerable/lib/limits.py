"""How often somebody may try: counted per process, for whatever names who tries."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 15 * 60


def within_limit(what: str, who: str, most: int) -> bool:
    """Count one try, and say whether it is among those that are allowed in 15 minutes."""
    key = _key(what, who)
    if cache.add(key, 1, WINDOW_SECONDS):
        return True
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # It ran out between the two calls.
        return True


def is_used_up(what: str, who: str, most: int) -> bool:
    """Say whether all tries of these 15 minutes were made; this counts none."""
    return int(cache.get(_key(what, who), 0)) >= most


def address_of(request: HttpRequest) -> str:
    """Return the IP number that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))


def _key(what: str, who: str) -> str:
    return f"tries:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"

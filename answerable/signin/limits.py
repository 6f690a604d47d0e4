"""How often somebody may try: counted per process, for address and IP number alike."""

from __future__ import annotations

import hashlib

from django.core.cache import cache
from django.http import HttpRequest

WINDOW_SECONDS = 15 * 60
LINKS_PER_ADDRESS = 5
LINKS_PER_IP = 30
CODES_PER_IP = 10


def within_limit(what: str, who: str, most: int) -> bool:
    """Count one try, and say whether it is among those that are allowed in 15 minutes."""
    key = f"tries:{what}:{hashlib.sha256(who.encode()).hexdigest()[:32]}"
    if cache.add(key, 1, WINDOW_SECONDS):
        return True
    try:
        return int(cache.incr(key)) <= most
    except ValueError:  # It ran out between the two calls.
        return True


def address_of(request: HttpRequest) -> str:
    """Return the IP number that a request comes from."""
    return str(request.META.get("REMOTE_ADDR", ""))

"""Proves that a call of our webhooks is Twilio's. Pure.

By its documentation (“Validating requests”), it signs the address that it calls and what it
posts there with the account's token.
"""

from __future__ import annotations

import base64
import hashlib
import hmac
from collections.abc import Iterable, Iterator
from urllib.parse import urlsplit, urlunsplit

Pairs = Iterable[tuple[str, str]]
PORTS = {"https": 443, "http": 80}


def signature(token: str, url: str, pairs: Pairs) -> str:
    """Return what stands in X-Twilio-Signature of a call with these parameters.

    A parameter that is there several times counts once for each of its different values.
    """
    told = "".join(name + value for name, value in sorted(set(pairs)))
    digest = hmac.new(token.encode(), (url + told).encode("utf-8", "replace"), hashlib.sha1)
    return base64.b64encode(digest.digest()).decode()


def is_signed(token: str, url: str, pairs: Pairs, given: str) -> bool:
    """Say whether a signature is right; without a token nothing is.

    Twilio leaves the usual port of an address out, or writes it, as it likes.
    """
    known = list(pairs)
    told = given.encode("utf-8", "replace")
    right = [
        hmac.compare_digest(signature(token, one, known).encode(), told) for one in _forms(url)
    ]
    return bool(token) and any(right)


def _forms(url: str) -> Iterator[str]:
    """Return an address as it may have been signed: as it is, without and with its port."""
    yield url
    parts = urlsplit(url)
    host, port = parts.hostname or "", parts.port or PORTS.get(parts.scheme)
    host = f"[{host}]" if ":" in host else host
    for place in (host, f"{host}:{port}"):
        if place != parts.netloc:
            yield urlunsplit(parts._replace(netloc=place))

"""Secrets that stand in the database: sealed with the installation's secret key.

Whoever has the database alone, as in a dump without the key, reads none of them.
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings

SALT = b"answerable.lib.sealing:1:"


class Sealed(Exception):
    """A secret cannot be opened: it was sealed with another secret key."""


def seal(secret: str) -> str:
    """Return a secret as it may be kept; nothing stays nothing."""
    return _keys()[0].encrypt(secret.encode()).decode() if secret else ""


def unseal(sealed: str) -> str:
    """Return a secret that was sealed with the key in use or one before it. Raises Sealed."""
    if not sealed:
        return ""
    try:
        return MultiFernet(_keys()).decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise Sealed from error


def _keys() -> list[Fernet]:
    return [_key(key) for key in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)]


@lru_cache
def _key(secret: str) -> Fernet:
    digest = hashlib.sha256(SALT + secret.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))

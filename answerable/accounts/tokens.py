"""Random tokens: what a person holds, and the hash that we keep."""

from __future__ import annotations

import hashlib
import secrets

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


def new_token() -> str:
    """Return 256 random bits that fit in a link."""
    return secrets.token_urlsafe(32)


def new_code() -> str:
    """Return twelve random letters and digits that a person can type: 60 bits."""
    return _groups(3)


def new_support_code() -> str:
    """Return sixteen random letters and digits that a person can type or say: 79 bits."""
    return _groups(4)


def _groups(count: int) -> str:
    """Return groups of four letters and digits."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(count))


def digest_of(token: str) -> str:
    """Return the hash under which a token is kept."""
    return hashlib.sha256(token.encode()).hexdigest()

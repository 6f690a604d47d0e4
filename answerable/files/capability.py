"""Addresses that let whoever has them read one thing, for some minutes.

They are made for people who were found to be allowed to read it, and are all that is asked
where files are served: there are no cookies there.
"""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.signing import BadSignature, TimestampSigner

LASTS = timedelta(minutes=15)
PATH = "/files/"
# The reader's choice of theme as a number: the system's, light, dark.
THEMES = ("", "light", "dark")
SALT = "answerable.files"


def address(kind: str, *numbers: int, name: str = "") -> str:
    """Return the address of one thing: its kind, and the numbers that name it.

    The name at its end is only for people who look at it.
    """
    token = TimestampSigner(sep=".", salt=SALT).sign("-".join([kind, *map(str, numbers)]))
    return f"{settings.ANSWERABLE_FILES_URL}{PATH}{token}/{quote(name, safe='')}"


def read(token: str) -> tuple[str, list[int]] | None:
    """Return what an address lets read; None when it is not ours, or its time is over."""
    signer = TimestampSigner(sep=".", salt=SALT)
    try:
        kind, *numbers = signer.unsign(token, max_age=LASTS).split("-")
    except BadSignature:
        return None
    return kind, [int(number) for number in numbers]

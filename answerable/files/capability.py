"""Addresses that let whoever has them read one thing, for some minutes; and links of mails.

Addresses are made for people who were found to be allowed to read it, and are all that is asked
where files are served: there are no cookies there. A link stands in a mail for a file that is
too large for it, and leads to a page that makes such an address. Nothing of either is kept: who
reads our tables can make none.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from urllib.parse import quote

from django.conf import settings
from django.core.signing import BadSignature, Signer, TimestampSigner

LASTS = timedelta(minutes=15)
PATH = "/files/"
# The reader's choice of theme as a number: the system's, light, dark.
THEMES = ("", "light", "dark")
SALT = "answerable.files"
LINKED_FOR = timedelta(days=30)
LINK_SALT = "answerable.files.links"


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


def link_token(number: int, *, at: datetime) -> str:
    """Return what stands in a link to an attachment that is made at an instant and ends thirty
    days later. A mail that is written anew has the same."""
    ends = int((at + LINKED_FOR).timestamp())
    return Signer(sep=".", salt=LINK_SALT).sign(f"{number}-{ends}")


def read_link(token: str) -> tuple[int, datetime] | None:
    """Return for which attachment a link is and when it ends, also of one that has ended; None
    when it is not ours."""
    try:
        number, ends = Signer(sep=".", salt=LINK_SALT).unsign(token).split("-")
    except BadSignature:
        return None
    return int(number), datetime.fromtimestamp(int(ends), UTC)

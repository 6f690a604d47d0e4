"""Fetches pictures of the web for who reads a mail, so that no server learns that they do.

They are asked by our guarded client, without cookies and without saying on which page; once,
however often the picture is looked at.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import BoundedSemaphore
from urllib.parse import quote

from django.db import connection

from answerable.files.actions.keeping import PIECE, Content, keep
from answerable.files.core.dimensions import dimensions_of
from answerable.files.core.sniff import type_of
from answerable.files.models import PICTURES, RemotePicture, StoredFile
from answerable.lib.outbound.client import Ask, Client, client
from answerable.lib.outbound.words import Refused, Unfetched

KEPT_FOR = timedelta(days=7)
AGAIN_AFTER = timedelta(minutes=10)
MOST_BYTES = 5_000_000
SECONDS = 8.0
# A mail may ask for eighty at once; pages must have threads left.
SLOTS = BoundedSemaphore(6)
UNQUOTED = "%/:?#[]@!$&'()*+,;=-._~"

Clock = Callable[[], datetime]


def picture_at(address: str, *, clock: Clock) -> StoredFile | None:
    """Return the picture at an address of the web; None where none can be had."""
    digest, at = hashlib.sha256(address.encode()).hexdigest(), clock()
    known = RemotePicture.objects.filter(digest=digest).select_related("file").first()
    if known and at - known.at < (KEPT_FOR if known.file else AGAIN_AFTER):
        return known.file
    body = _fetched(quote(address, safe=UNQUOTED))
    file = keep(Content.of(body), at=clock()) if body else None
    RemotePicture.objects.update_or_create(
        digest=digest, defaults={"file": file, "at": clock()}
    )
    return file


def forget_pictures(*, at: datetime) -> int:
    """Forget pictures that were fetched long ago; return how many."""
    return RemotePicture.objects.filter(at__lt=at - KEPT_FOR).delete()[0]


def _fetched(address: str) -> bytes:
    """Return a picture's bytes; nothing for whatever is no picture, or is not had in time."""
    if not connection.in_atomic_block:
        connection.close()  # Whoever waits for others keeps nobody waiting.
    if not SLOTS.acquire(timeout=SECONDS):
        return b""
    try:
        return _picture(_asked(client(), address))
    except Unfetched:
        return b""
    finally:
        SLOTS.release()


def _asked(web: Client, address: str) -> bytes:
    ask = Ask(address, headers={"Accept": "image/*"}, most_bytes=MOST_BYTES, seconds=SECONDS)
    try:
        answer = web.fetch(ask)
    except Refused as refused:
        if refused.reason != "plain":
            raise
        # Most servers of pictures know https, whatever the mail says.
        secure = "https" + address.removeprefix("http")
        answer = web.fetch(
            Ask(secure, headers=ask.headers, most_bytes=MOST_BYTES, seconds=SECONDS)
        )
    return answer.body if answer.status == 200 else b""


def _picture(body: bytes) -> bytes:
    head = body[:PIECE]
    kind = type_of(head)
    return body if kind in PICTURES and dimensions_of(head, kind) else b""

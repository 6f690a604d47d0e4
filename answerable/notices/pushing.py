"""A push message on its way: encrypted for one browser, and signed for its push service."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

from django.conf import settings

from answerable.lib.outbound.client import Ask, client
from answerable.lib.outbound.words import Refused, Unfetched
from answerable.lib.sealing import unseal
from answerable.notices import push
from answerable.notices.core.trying import Came, judged
from answerable.notices.models import PushSubscription, VapidKey
from answerable.notices.outcomes import Outcome, status_words

PUSH_TTL = 3600
MOST_BYTES, SECONDS = 20_000, 8.0


@dataclass(frozen=True, slots=True)
class Message:
    """What a browser is told. Of two with one `topic` the newer stands in place of one that was
    not fetched; a push service keeps it for `seconds`."""

    said: Mapping[str, object]
    topic: str
    seconds: int = PUSH_TTL


def pushed(browser: PushSubscription, message: Message, at: datetime) -> Callable[[], Outcome]:
    """Return what sends a push message to a browser; it asks nothing of the database. Raises
    Sealed."""
    key = VapidKey.objects.first()
    if key is None:
        return partial(Outcome, Came.GONE, "gone")
    text = json.dumps(message.said, ensure_ascii=False).encode()
    try:
        body = push.encrypted(text[: push.LONGEST], browser.p256dh, browser.auth)
    except push.Unreadable:
        return partial(Outcome, Came.GONE, "unreadable")
    contact = f"mailto:{settings.ANSWERABLE_MAIL_ADDRESS}"
    headers = {
        "Authorization": push.signed(
            browser.endpoint, unseal(key.private), contact=contact, at=at
        ),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(message.seconds),
        "Urgency": "high",
        "Topic": push.encoded(hashlib.sha256(message.topic.encode()).digest())[:32],
    }
    return partial(asked, Ask(browser.endpoint, "POST", headers, body, MOST_BYTES, SECONDS))


def asked(ask: Ask) -> Outcome:
    """Ask somebody outside, and return what it came to."""
    try:
        answer = client().fetch(ask)
    except Refused as refused:
        return Outcome(Came.FAILED, str(refused)[:300])
    except Unfetched as unfetched:
        return Outcome(Came.AGAIN, str(unfetched)[:300])
    return Outcome(judged(answer.status), status_words(answer.status, answer.body))

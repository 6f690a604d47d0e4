"""Tells other systems what rules say, once that is committed: later, and again for a day."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Callable
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction

from answerable.lib.outbound.client import Ask, Client
from answerable.lib.outbound.words import Refused, Unfetched
from answerable.rules.models import Webhook

AT_ONCE = 50
MOST_TRIES = 12
SECONDS = 10.0
FIRST_WAIT = timedelta(seconds=20)
GOOD = range(200, 300)
Asks = Callable[[Ask], int]


def send_webhooks(*, at: datetime, client: Client | None = None) -> int:
    """Tell other systems what waits to be told, and return how many were tried.

    One whose process dies meanwhile is told again: receivers know it by its number.
    """
    client = client or Client(settings.ANSWERABLE_OUTBOUND_ALLOW)
    waiting = Webhook.objects.filter(next_at__lte=at).order_by("next_at", "pk")
    numbers = list(waiting.values_list("pk", flat=True)[:AT_ONCE])
    return sum(_send(number, client, at) for number in numbers)


def key_of(rule: int) -> str:
    """Return the key with which what a rule tells is signed."""
    words = f"answerable.rules:webhook:{rule}"
    return hmac.new(settings.SECRET_KEY.encode(), words.encode(), hashlib.sha256).hexdigest()


@transaction.atomic
def _send(number: int, client: Client, at: datetime) -> int:
    free = Webhook.objects.select_for_update(skip_locked=True, of=("self",))
    found = free.filter(pk=number, next_at__lte=at).select_related("run").first()
    if found is None:
        return 0
    found.tries += 1
    is_final = found.tries >= MOST_TRIES
    try:
        found.problem = _told(found, client)
    except Unfetched as error:
        found.problem = str(error)[:300]
        is_final = is_final or isinstance(error, Refused)
    found.done_at = at if not found.problem else None
    is_over = is_final or not found.problem
    found.next_at = None if is_over else at + FIRST_WAIT * 2 ** (found.tries - 1)
    found.save(update_fields=["tries", "problem", "done_at", "next_at"])
    return 1


def _told(webhook: Webhook, client: Client) -> str:
    """Tell it, and return why it was not taken, or nothing."""
    body = json.dumps({**webhook.body, "number": webhook.pk}, sort_keys=True).encode()
    key = key_of(webhook.run.rule_id).encode()
    headers = {
        "Content-Type": "application/json",
        "Idempotency-Key": f"answerable-rule-{webhook.pk}",
        "X-Answerable-Signature": f"sha256={hmac.new(key, body, hashlib.sha256).hexdigest()}",
    }
    ask = Ask(webhook.url, method="POST", headers=headers, body=body, seconds=SECONDS)
    answer = client.fetch(ask)
    return "" if answer.status in GOOD else str(Unfetched("status", **_who(answer.status, ask)))


def _who(status: int, ask: Ask) -> dict[str, object]:
    return {"host": ask.url.split("/")[2][:100], "status": status}

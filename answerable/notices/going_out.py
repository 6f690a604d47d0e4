"""How each delivery goes out: what is needed is read first, then somebody is spoken to without
the database, so that several may be at once."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from answerable.channels.voice.twilio.account import address, telephone
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.lib.outbound.client import Ask, client
from answerable.lib.outbound.words import Refused, Unfetched
from answerable.lib.sealing import Sealed, unseal
from answerable.notices import push
from answerable.notices.core.levels import Level
from answerable.notices.core.payloads import BODIES, Said, signature
from answerable.notices.core.trying import Came, judged
from answerable.notices.models import Delivery, Receiver, VapidKey
from answerable.notices.outcomes import Outcome, status_words
from answerable.notices.team_words import said_of
from answerable.notices.words import notice_words

Go = Callable[[], Outcome]
SECONDS = 8.0
MOST_BYTES = 20_000
PUSH_TTL, INSISTENT_TTL = 3600, 600
JSON = {"Content-Type": "application/json"}
LONGEST_SMS = 300
# The provider gives up by itself: the next person is rung up meanwhile.
RING_SECONDS = 25


def ready(row: Delivery, at: datetime) -> Go:
    """Return what sends a delivery; it asks nothing of the database."""
    try:
        return READY[row.way](row, at)
    except Sealed:
        return partial(Outcome, Came.FAILED, "sealed")


def _push(row: Delivery, at: datetime) -> Go:
    browser, notice = row.subscription, row.notice
    key = VapidKey.objects.first()
    if browser is None or notice is None or key is None:
        return partial(Outcome, Came.GONE, "gone")
    with translation.override(notice.agent.language):
        text = json.dumps(_pushed(row, at), ensure_ascii=False).encode()
    try:
        body = push.encrypted(text[: push.LONGEST], browser.p256dh, browser.auth)
    except push.Unreadable:
        return partial(Outcome, Came.GONE, "unreadable")
    contact = f"mailto:{settings.ANSWERABLE_MAIL_ADDRESS}"
    insists = notice.level == Level.INSISTENT
    headers = {
        "Authorization": push.signed(
            browser.endpoint, unseal(key.private), contact=contact, at=at
        ),
        "Content-Type": "application/octet-stream",
        "Content-Encoding": "aes128gcm",
        "TTL": str(INSISTENT_TTL if insists else PUSH_TTL),
        "Urgency": "high",
        # A newer message about the same stands in place of one that was not fetched.
        "Topic": push.encoded(hashlib.sha256(notice.key.encode()).digest())[:32],
    }
    return partial(_asked, Ask(browser.endpoint, "POST", headers, body, MOST_BYTES, SECONDS))


def _pushed(row: Delivery, at: datetime) -> Mapping[str, object]:
    notice = row.notice
    if notice is None:
        return {}
    zone = ZoneInfo(notice.agent.zone)
    return {
        "title": settings.ANSWERABLE_VENDOR,
        "body": notice_words(notice, at, zone)[:500],
        "tag": f"n{notice.pk}",
        "url": f"/desk/tickets/{notice.ticket_id}/",
        "stays": notice.level == Level.INSISTENT,
    }


def _webhook(row: Delivery, at: datetime) -> Go:
    receiver = row.receiver
    if receiver is None or (receiver.off_at and row.matter != "test"):
        return partial(Outcome, Came.FAILED, "off")
    with translation.override(receiver.language):
        said = said_of(row, receiver, at)
    return partial(_asked, ask_of(receiver, said, at))


def ask_of(receiver: Receiver, said: Said, at: datetime) -> Ask:
    """Return what a receiver is asked to take. Raises Sealed."""
    secret = receiver.opened_secret()
    text = json.dumps(BODIES[receiver.kind](said, secret), ensure_ascii=False)
    # The same each time that it is sent: by it who has taken it knows a second copy.
    body, headers = text.encode(), JSON | {"Idempotency-Key": f"answerable-{said.number}"}
    if receiver.kind == Receiver.Kind.PLAIN:
        headers["Answerable-Signature"] = signature(secret, int(at.timestamp()), body)
    return Ask(receiver.opened_address(), "POST", headers, body, MOST_BYTES, SECONDS)


def _phone(row: Delivery, at: datetime) -> Go:
    ours = telephone()
    if ours is None:
        return partial(Outcome, Came.FAILED, "no_telephone")
    fields = [
        ("To", row.phone),
        ("From", ours.number),
        ("Url", address(f"notices/{row.key}/answered/")),
        ("Method", "POST"),
        ("StatusCallback", address(f"notices/{row.key}/status/")),
        ("StatusCallbackMethod", "POST"),
        ("StatusCallbackEvent", "completed"),
        ("Timeout", str(RING_SECONDS)),
    ]
    return partial(_provided, partial(Twilio(ours).call, fields), rings=True)


def _sms(row: Delivery, at: datetime) -> Go:
    ours, notice = telephone(), row.notice
    if ours is None or notice is None:
        return partial(Outcome, Came.FAILED, "no_telephone")
    with translation.override(notice.agent.language):
        words = notice_words(notice, at, ZoneInfo(notice.agent.zone))
        link = f"{settings.ANSWERABLE_URL}/desk/tickets/{notice.ticket_id}/"
        text = f"{words[:LONGEST_SMS]} {link}"
    fields = [("To", row.phone), ("From", ours.number), ("Body", text)]
    return partial(_provided, partial(Twilio(ours).message, fields), rings=False)


READY: Mapping[str, Callable[[Delivery, datetime], Go]] = {
    "push": _push,
    "webhook": _webhook,
    "phone": _phone,
    "sms": _sms,
}


def _asked(ask: Ask) -> Outcome:
    try:
        answer = client().fetch(ask)
    except Refused as refused:
        return Outcome(Came.FAILED, str(refused)[:300])
    except Unfetched as unfetched:
        return Outcome(Came.AGAIN, str(unfetched)[:300])
    return Outcome(judged(answer.status), status_words(answer.status, answer.body))


def _provided(ask: Callable[[], Mapping[str, object]], *, rings: bool) -> Outcome:
    try:
        ask()
    except Failed as failed:
        words = failed.says or failed.why or failed.problem
        return Outcome(Came.AGAIN if failed.again else Came.FAILED, words[:300])
    return Outcome(Came.DELIVERED, rings=rings)

"""How each delivery goes out: what is needed is read first, then somebody is spoken to without
the database, so that several may be at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation

from answerable.channels.voice.twilio.account import address, telephone
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.lib.outbound.client import Ask
from answerable.lib.sealing import Sealed
from answerable.notices.core.levels import Level
from answerable.notices.core.payloads import BODIES, Said, signature
from answerable.notices.core.trying import Came
from answerable.notices.models import Delivery, Receiver
from answerable.notices.outcomes import Outcome
from answerable.notices.pushing import MOST_BYTES, PUSH_TTL, SECONDS, Message, asked, pushed
from answerable.notices.team_words import said_of
from answerable.notices.tiding_ways import push_tiding, text_tiding
from answerable.notices.words import notice_words

Go = Callable[[], Outcome]
INSISTENT_TTL = 600
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
    if browser is None or notice is None:
        return partial(Outcome, Came.GONE, "gone")
    insists = notice.level == Level.INSISTENT
    with translation.override(notice.agent.language):
        said = _pushed(row, at)
    message = Message(said, notice.key, INSISTENT_TTL if insists else PUSH_TTL)
    return pushed(browser, message, at)


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
    return partial(asked, ask_of(receiver, said, at))


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
    "tiding_push": push_tiding,
    "tiding_text": text_tiding,
}


def _provided(ask: Callable[[], Mapping[str, object]], *, rings: bool) -> Outcome:
    try:
        ask()
    except Failed as failed:
        words = failed.says or failed.why or failed.problem
        return Outcome(Came.AGAIN if failed.again else Came.FAILED, words[:300])
    return Outcome(Came.DELIVERED, rings=rings)

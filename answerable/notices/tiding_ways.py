"""How tidings go out: to a customer's browser, and as a text message."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _

from answerable.channels.voice.twilio.account import telephone
from answerable.channels.voice.twilio.client import Failed, Twilio
from answerable.notices.core.tidings import Matter, is_fresh
from answerable.notices.core.trying import Came
from answerable.notices.models import Delivery, TextNumber, Tiding
from answerable.notices.outcomes import Outcome
from answerable.notices.pushing import PUSH_TTL, Message, pushed
from answerable.notices.tiding_words import tiding_words

Go = Callable[[], Outcome]
TALK_TTL = 120
STOPPED = "stopped"
LONGEST_SUBJECT = 120


def push_tiding(row: Delivery, at: datetime) -> Go:
    """Return what sends a tiding to a browser."""
    tiding, browser = row.tiding, row.subscription
    if tiding is None or browser is None or browser.contact_id != tiding.contact_id:
        return partial(Outcome, Came.GONE, "gone")
    if not _is_news(tiding, at):
        return partial(Outcome, Came.FAILED, "over")
    rings = tiding.matter == Matter.TALK
    with translation.override(tiding.contact.language):
        message = Message(_said(tiding, at), f"t{tiding.pk}", TALK_TTL if rings else PUSH_TTL)
    return pushed(browser, message, at)


def text_tiding(row: Delivery, at: datetime) -> Go:
    """Return what sends a tiding as a text message, where its number still takes them."""
    ours, tiding = telephone(), row.tiding
    if ours is None or tiding is None:
        return partial(Outcome, Came.FAILED, "no_telephone")
    if not _is_news(tiding, at):
        return partial(Outcome, Came.FAILED, "over")
    number = TextNumber.objects.filter(contact=tiding.contact_id, phone=row.phone).first()
    if number is None or not number.takes_texts():
        return partial(Outcome, Came.FAILED, STOPPED)
    fields = [("To", row.phone), ("From", ours.number), ("Body", _text(tiding, at))]
    return partial(_texted, partial(Twilio(ours).message, fields))


def _is_news(tiding: Tiding, at: datetime) -> bool:
    return is_fresh(Matter(tiding.matter), at - tiding.event.at)


def _said(tiding: Tiding, at: datetime) -> Mapping[str, object]:
    """Return what a browser shows. Only it can read that, so the subject may stand there."""
    words = tiding_words(tiding, at, ZoneInfo(tiding.contact.zone))
    return {
        "title": settings.ANSWERABLE_VENDOR,
        "body": f"{words}\n{tiding.ticket.subject[:LONGEST_SUBJECT]}",
        "tag": f"r{tiding.ticket_id}",
        "url": f"/requests/{tiding.ticket_id}/",
        "rings": tiding.matter == Matter.TALK,
        "stop": _("No more of these"),
        "stopped": _("This browser gets no more notices."),
        "wishes": "/preferences/notices/",
    }


def _text(tiding: Tiding, at: datetime) -> str:
    """Return a text message: networks read along, so it names a number and no subject."""
    with translation.override(tiding.contact.language):
        words = tiding_words(tiding, at, ZoneInfo(tiding.contact.zone))
        link = f"{settings.ANSWERABLE_URL}/requests/{tiding.ticket_id}/"
        stop = _("Reply STOP to end these.")
        return f"{settings.ANSWERABLE_VENDOR}: {words} {link} {stop}"


def _texted(ask: Callable[[], object]) -> Outcome:
    try:
        ask()
    except Failed as failed:
        if failed.why == STOPPED:
            return Outcome(Came.GONE, STOPPED)
        words = failed.says or failed.why or failed.problem
        return Outcome(Came.AGAIN if failed.again else Came.FAILED, words[:300])
    return Outcome(Came.DELIVERED)

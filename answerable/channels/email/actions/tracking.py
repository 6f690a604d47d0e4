"""Records what a provider tells of our mails: that one did not arrive, or is late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.channels.email.models import OutgoingMail
from answerable.tickets import actions as tickets
from answerable.tickets.models import TicketEvent


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What became of a mail, by one of its Message-IDs. Not final: it may still arrive."""

    mail_ids: tuple[str, ...]
    recipient: str
    why: str
    is_final: bool
    at: datetime


@transaction.atomic
def heed(news: Sequence[News]) -> int:
    """Record on tickets what became of mails, and return how many were ours.

    A reply that did not arrive takes back what it had met, once, however often it is told. News
    about other recipients than ours, as of a copy, is about another mail.
    """
    return sum(_heed(one) for one in news)


def _heed(news: News) -> bool:
    named = OutgoingMail.objects.filter(mail_id__in=news.mail_ids)
    sent = named.select_related("message__ticket").order_by("-pk").first()
    if sent is None or (news.recipient and news.recipient.lower() != sent.to.lower()):
        return False
    if sent.message is None:
        return True
    if news.is_final:
        tickets.mark_undelivered(sent.message, why=news.why, to=sent.to, at=news.at)
    elif not sent.message.events.filter(verb=TicketEvent.Verb.DELAYED).exists():
        tickets.mark_delayed(sent.message, why=news.why, at=news.at)
    return True

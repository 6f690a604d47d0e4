"""Stores mail exactly as it was received, before anything reads it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.channels.email import ours
from answerable.channels.email.actions.waking import DRAIN, wake
from answerable.channels.email.core.digest import content_digest
from answerable.channels.email.models import InboundMail
from answerable.tickets.text import clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail at the door: its bytes, its envelope, and when the door had all of it."""

    raw: bytes
    envelope_from: str
    envelope_to: tuple[str, ...]
    peer: str
    at: datetime


@transaction.atomic
def store_mail(arrivals: Sequence[Arrival]) -> list[InboundMail]:
    """Store mails in one transaction, and have them read once it is committed.

    When this returns and the transaction is committed, they may be acknowledged.
    """
    mails = InboundMail.objects.bulk_create(_row(arrival) for arrival in arrivals)
    wake(DRAIN)
    return mails


def _row(arrival: Arrival) -> InboundMail:
    return InboundMail(
        mailbox=ours.mailbox(),
        envelope_from=clean(arrival.envelope_from)[:320],
        envelope_to=[clean(address)[:320] for address in arrival.envelope_to],
        peer=arrival.peer[:64],
        received_at=arrival.at,
        raw=arrival.raw,
        size=len(arrival.raw),
        digest=content_digest(arrival.raw),
    )

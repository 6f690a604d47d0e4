"""Stores mail exactly as it was received, before anything reads it.

The bytes go to PostgreSQL by COPY, in its own form and a piece at a time: a mail of 50 MB is at
no time whole in our memory.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.channels.email import ours
from answerable.channels.email.actions.waking import DRAIN, wake
from answerable.channels.email.core.digest import content_digest
from answerable.channels.email.models import InboundMail
from answerable.channels.email.spool import Spool
from answerable.lib import bulk, copying
from answerable.lib.copying import Pieces, Value
from answerable.tickets.text import clean

Door = InboundMail.Door
State = InboundMail.State
NUMBERS = """
SELECT nextval(pg_get_serial_sequence('email_inboundmail', 'id'))
FROM generate_series(1, %(count)s)
"""
COLUMNS = (
    "id",
    "door",
    "mailbox",
    "envelope_from",
    "envelope_to",
    "peer",
    "received_at",
    "size",
    "digest",
    "mail_id",
    "sender",
    "subject",
    "state",
    "reason",
    "attempts",
    "handled_at",
    "raw",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A mail at a door: its bytes, its envelope, and when the door had all of it.

    `mailbox` is the address of ours that it came to, the support address when it is left out.
    What a door can only put on record says in `refused` why.
    """

    raw: bytes | Spool
    envelope_from: str
    envelope_to: tuple[str, ...]
    peer: str
    at: datetime
    door: str = Door.SMTP
    mailbox: str = ""
    refused: str = ""

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return self.raw.size if isinstance(self.raw, Spool) else len(self.raw)

    @property
    def digest(self) -> str:
        """The digest of what it says."""
        return self.raw.digest if isinstance(self.raw, Spool) else content_digest(self.raw)

    def close(self) -> None:
        """Forget the bytes."""
        if isinstance(self.raw, Spool):
            self.raw.close()


@transaction.atomic
def store_mail(arrivals: Sequence[Arrival]) -> list[int]:
    """Store mails in one transaction, and have them read once it is committed.

    Returns the numbers that they have in the ledger. When this returns and the transaction is
    committed, they may be acknowledged.
    """
    numbers = [row[0] for row in bulk.run(NUMBERS, {"count": len(arrivals)})]
    rows = (_row(n, arrival) for n, arrival in zip(numbers, arrivals, strict=True))
    copying.rows_into(InboundMail._meta.db_table, COLUMNS, rows)
    wake(DRAIN)
    return numbers


def _row(number: int, arrival: Arrival) -> list[Value]:
    words = copying.words
    raw = arrival.raw
    return [
        copying.big_number(number),
        words(arrival.door),
        words(arrival.mailbox or ours.mailbox()),
        words(clean(arrival.envelope_from)[:320]),
        copying.list_of_words([clean(address)[:320] for address in arrival.envelope_to]),
        words(clean(arrival.peer)[:64]),
        copying.instant(arrival.at),
        copying.number(arrival.size),
        words(arrival.digest),
        *(words("") for _ in ("mail_id", "sender", "subject")),
        words(State.REFUSED if arrival.refused else State.STORED),
        words(arrival.refused[:300]),
        copying.small_number(0),
        copying.instant(arrival.at) if arrival.refused else None,
        Pieces(arrival.size, raw.pieces() if isinstance(raw, Spool) else [raw]),
    ]

"""The bytes of stored mails: small ones in memory, large ones in a file, read by pieces."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import cast

from answerable.channels.email.core.mapped import LARGE, PIECE, Buffer, Mapped, gathered
from answerable.channels.email.models import InboundMail
from answerable.channels.email.spool import folder
from answerable.lib import bulk

RAW = "SELECT id, raw FROM email_inboundmail WHERE id = ANY(%(mails)b)"
PART = """
    SELECT substring(raw FROM %(begin)s FOR %(length)s) FROM email_inboundmail WHERE id = %(id)s
"""


def fill(mails: Sequence[InboundMail]) -> None:
    """Give mails that were read without their bytes these bytes, for `raw_of`.

    Sent as text they would be twice as long on their way.
    """
    by_number = {mail.pk: mail for mail in mails}
    small = [mail.pk for mail in mails if mail.size <= LARGE]
    for number, raw in bulk.run(RAW, {"mails": small}, binary=True):
        by_number[number].raw = raw
    for mail in mails:
        if mail.size > LARGE:
            mail.raw = cast("bytes", gathered(pieces(mail), folder()))


def raw_of(mail: InboundMail) -> Buffer:
    """Return a mail's bytes."""
    raw: object = mail.raw
    return raw if isinstance(raw, Mapped) else bytes(mail.raw)


def pieces(mail: InboundMail, *, most: int | None = None) -> Iterator[bytes]:
    """Return a mail's bytes from the first on, so that a large one is never whole here."""
    size = mail.size if most is None else min(mail.size, most)
    for begin in range(0, size, PIECE):
        yield piece(mail, begin, min(PIECE, size - begin))


def piece(mail: InboundMail, begin: int, length: int = PIECE) -> bytes:
    """Return some of a mail's bytes."""
    values = {"begin": begin + 1, "length": length, "id": mail.pk}
    return bytes(bulk.run(PART, values, binary=True)[0][0])

"""Writes in the ledger what became of mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import connection

from answerable.channels.email.core.parse import Mail
from answerable.channels.email.models import InboundMail
from answerable.tickets.models import Message

# One statement for any number of mails.
SETTLE = """
UPDATE email_inboundmail AS mail
SET mail_id = new.mail_id, state = new.state, reason = new.reason,
    ticket_id = new.ticket, message_id = new.message, handled_at = %s
FROM unnest(%s::bigint[], %s::text[], %s::text[], %s::text[], %s::bigint[], %s::bigint[])
    AS new (pk, mail_id, state, reason, ticket, message)
WHERE mail.id = new.pk
"""


def note(mail: InboundMail, says: Mail) -> None:
    """Put on a mail's row what it says of itself."""
    mail.mail_id = says.message_id


def settle(mail: InboundMail, state: str, reason: str, message: Message | None = None) -> None:
    """Say on a mail's row what became of it, and why. Written by `write`."""
    mail.state, mail.reason, mail.message = state, reason[:300], message
    mail.ticket_id = message.ticket_id if message else None


def write(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Write what became of mails, in one statement."""
    columns = zip(
        *((m.pk, m.mail_id, m.state, m.reason, m.ticket_id, m.message_id) for m in mails),
        strict=True,
    )
    with connection.cursor() as cursor:
        cursor.execute(SETTLE, [at, *(list(column) for column in columns)])

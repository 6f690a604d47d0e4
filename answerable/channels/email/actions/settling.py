"""Writes in the ledger what became of mails."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from answerable.channels.email.core.parse import Mail
from answerable.channels.email.models import InboundMail
from answerable.lib import bulk
from answerable.tickets.models import Message
from answerable.tickets.text import clean, first_line

# One statement for any number of mails.
SETTLE = """
UPDATE email_inboundmail AS mail
SET mail_id = new.mail_id, sender = new.sender, subject = new.subject, state = new.state,
    reason = new.reason, ticket_id = new.ticket, message_id = new.message,
    decided_by_id = new.agent, handled_at = %(at)s
FROM unnest(%(mails)b::bigint[], %(ids)b::text[], %(senders)b::text[], %(subjects)b::text[],
        %(states)b::text[], %(reasons)b::text[], %(tickets)b::bigint[],
        %(messages)b::bigint[], %(agents)b::bigint[])
    AS new (pk, mail_id, sender, subject, state, reason, ticket, message, agent)
WHERE mail.id = new.pk
"""


def note(mail: InboundMail, says: Mail) -> None:
    """Put on a mail's row what it says of itself, by which the ledger is searched."""
    name, address = first_line(clean(says.sender_name)), clean(says.sender)
    shown = f"{name} <{address}>" if name and address else name or address
    mail.mail_id = clean(says.message_id)
    mail.sender = shown[:320]
    mail.subject = first_line(clean(says.subject))[:400]


def settle(mail: InboundMail, state: str, reason: str, message: Message | None = None) -> None:
    """Say on a mail's row what became of it, and why. Written by `write`."""
    mail.state, mail.reason, mail.message = state, reason[:300], message
    mail.ticket_id = message.ticket_id if message else None


def write(mails: Sequence[InboundMail], *, at: datetime) -> None:
    """Write what became of mails."""
    values = {
        "at": at,
        "mails": [mail.pk for mail in mails],
        "ids": [mail.mail_id for mail in mails],
        "senders": [mail.sender for mail in mails],
        "subjects": [mail.subject for mail in mails],
        "states": [str(mail.state) for mail in mails],
        "reasons": [mail.reason for mail in mails],
        "tickets": [mail.ticket_id for mail in mails],
        "messages": [mail.message_id for mail in mails],
        "agents": [mail.decided_by_id for mail in mails],
    }
    bulk.run(SETTLE, values)

"""The local outbox: a mail backend whose server is our own database."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils.timezone import now

from answerable.channels.email.actions.keeping import keep


class EmailBackend(BaseEmailBackend):
    """Keeps each mail in the transaction that sends it, so exactly once."""

    is_ours = True  # needs no hold: no server knows what our database does not
    takes_wire = True

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Keep all of them."""
        for message in email_messages:
            wire: Any = message.message()
            keep(
                wire.as_bytes(linesep="\r\n"),
                message_id=str(wire["Message-ID"]),
                to=", ".join(message.recipients()),
                subject=str(wire["Subject"]),
                at=now(),
            )
        return len(email_messages)

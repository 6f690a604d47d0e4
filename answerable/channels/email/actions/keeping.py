"""Writes the local outbox."""

from __future__ import annotations

from datetime import datetime

from answerable.channels.email.models import OutboxMail


def keep(raw: bytes, *, message_id: str, to: str, subject: str, at: datetime) -> OutboxMail:
    """Keep a mail that was sent to the local outbox."""
    return OutboxMail.objects.create(
        raw=raw, message_id=message_id, to=to[:320], subject=subject[:400], at=at
    )

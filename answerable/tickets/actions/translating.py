"""Keeps what a machine says that a message says."""

from __future__ import annotations

from datetime import datetime

from answerable.tickets.models import Message, MessageTranslation
from answerable.tickets.text import clean


def keep_translation(
    message: Message, *, language: str, body: str, machine: str, at: datetime
) -> MessageTranslation:
    """Keep a message in another language beside it, once; the message stays as it is."""
    kept, _ = MessageTranslation.objects.update_or_create(
        message=message,
        language=language,
        defaults={"body": clean(body), "machine": machine[:60], "made_at": at},
    )
    return kept

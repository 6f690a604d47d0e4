"""Short ways to say in a test that a message came with files, and what was answered."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from asgiref.sync import async_to_sync

from answerable.accounts.models import Contact
from answerable.files.actions import Content, keep
from answerable.tickets import actions as tickets
from answerable.tickets.actions import Opening, Sender
from answerable.tickets.models import Attachment, Message


def opened(contact: Contact, at: datetime) -> Message:
    """Open a request, and return its first message."""
    opening = Opening(sender=Sender(contact=contact), body="Exports fail", channel="form")
    return tickets.open_ticket(opening, at=at).messages.get()


def attached(
    message: Message, content: bytes, name: str, *, at: datetime, declared: str = ""
) -> Attachment:
    """Attach a file to a message."""
    file = keep(Content.of(content), at=at)
    return message.attachments.create(file=file, name=name, declared=declared)


def fetch(answer: Any) -> bytes:
    """Return all that was answered, however it came."""

    async def read() -> bytes:
        return b"".join([piece async for piece in answer])

    return async_to_sync(read)() if answer.streaming else answer.content

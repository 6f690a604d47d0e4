"""Adds what a contact's page sends, once, however often it is sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Contact
from answerable.files.actions import Waiting
from answerable.tickets.actions.attaching import attach_waiting
from answerable.tickets.actions.messages import add_message
from answerable.tickets.actions.opening import Sender
from answerable.tickets.models import Message, MessageSubmission, Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What a page sends: `token` is the same each time, `files` those that waited for it."""

    sender: Sender
    contact: Contact
    body: str
    token: str
    files: Waiting


def submitted_before(contact: Contact, token: str) -> Message | None:
    """Return a contact's message that came under a token, or None."""
    found = MessageSubmission.objects.filter(contact=contact, token=token)
    submission = found.select_related("message__ticket").first()
    return submission.message if submission else None


def add_submitted(ticket: Ticket, said: Submitted, *, at: datetime) -> Message:
    """Add what a contact's page sends, as add_message does; the same token again returns the
    message that is there. Raises Empty or TooLong."""
    if before := submitted_before(said.contact, said.token):
        return before
    try:
        with transaction.atomic():
            message = add_message(ticket, sender=said.sender, body=said.body, at=at)
            attach_waiting(message, said.files)
            MessageSubmission.objects.create(
                message=message, contact=said.contact, token=said.token
            )
            return message
    except IntegrityError:
        # Another try of the same page was stored while this one was held up.
        before = submitted_before(said.contact, said.token)
        if before is None:
            raise
        return before

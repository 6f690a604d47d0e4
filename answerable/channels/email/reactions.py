"""What mail does when something happens to a ticket. A note never becomes a mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.utils.timezone import now

from answerable.channels.email import actions
from answerable.channels.email.words import Promised
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def follow(events: Sequence[TicketEvent]) -> None:
    """Queue replies and notices, and say to known contacts what they were promised."""
    for event in events:
        match event.verb:
            case Verb.ANSWERED | Verb.NOTICED if event.message:
                actions.queue_reply(event.message, at=now())
            case Verb.PROMISED:
                actions.queue_acknowledgement(event.ticket, _promised(event), at=now())


def _promised(event: TicketEvent) -> Promised:
    due_at = event.data.get("due_at")
    return Promised(event.data["kind"], datetime.fromisoformat(due_at) if due_at else None)

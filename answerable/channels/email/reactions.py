"""What mail does when something happens to a ticket. A note never becomes a mail."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.utils.timezone import now

from answerable.channels.email import actions
from answerable.channels.email.words import Promised
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

# After these a promise may be due sooner than when a reply was sent.
MOVED = {
    Verb.CLOCK_RETARGETED,
    Verb.CLOCK_RESUMED,
    Verb.CLOCK_CORRECTED,
    Verb.CLOCK_REOPENED,
}
LONGEST_GRACE = timedelta(minutes=1)


def follow(events: Sequence[TicketEvent]) -> None:
    """Queue replies and notices, and say to known contacts what they were promised."""
    for event in events:
        if (
            event.verb in {Verb.ANSWERED, Verb.NOTICED}
            and event.message
            and not _is_chat(event)
        ):
            actions.queue_reply(event.message, at=now())
    _hasten(events)
    actions.queue_notices(events, at=now())
    actions.queue_chats(events, at=now())
    actions.queue_sides(events, at=now())
    promised = [event for event in events if event.verb == Verb.PROMISED]
    if promised:
        actions.queue_acknowledgements(
            [(event.ticket, _promised(event)) for event in promised], at=now()
        )


def _is_chat(event: TicketEvent) -> bool:
    """Say whether it was said in a chat, where its reader has it already."""
    return bool(event.data.get("by") == "chat")


def _hasten(events: Sequence[TicketEvent]) -> None:
    """Let a reply leave that would be late once a promise is due sooner than it was."""
    at = now()
    for event in events:
        due_at = event.data.get("due_at") if event.verb in MOVED else None
        if due_at and datetime.fromisoformat(due_at) < at + LONGEST_GRACE:
            actions.hasten(event.ticket, at=at, due_at=datetime.fromisoformat(due_at))


def _promised(event: TicketEvent) -> Promised:
    due_at = event.data.get("due_at")
    due = datetime.fromisoformat(due_at) if due_at else None
    return Promised(event.data["kind"], due, event.data.get("within", 0))

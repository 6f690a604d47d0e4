"""What the queue does when something happens to a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import now

from answerable.routing import actions
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

MOVES = {
    Verb.OPENED,
    Verb.WROTE,
    Verb.ANSWERED,
    Verb.NOTICED,
    Verb.UNDELIVERED,
    Verb.TAKEN,
    Verb.ASSIGNED,
    Verb.ADMITTED,
    Verb.RESOLVED,
    Verb.REOPENED,
    Verb.SEVERITY_CHANGED,
    Verb.CLOCK_MET,
    Verb.CLOCK_RETARGETED,
    Verb.CLOCK_CORRECTED,
}


def follow(events: Sequence[TicketEvent]) -> None:
    """Place the tickets anew that moved, and tell people of ladders, misses and appeals."""
    moved = {event.ticket_id for event in events if event.verb in MOVES}
    if moved:
        actions.place_all(moved)
    climbed = [event for event in events if event.verb == Verb.ESCALATED]
    if climbed:
        actions.tell_of_escalations(climbed, at=now())
    missed = [event for event in events if event.verb == Verb.CLOCK_MISSED]
    if missed:
        actions.tell_of_misses(missed, at=now())
    appealed = [event for event in events if event.verb == Verb.APPEALED]
    if appealed:
        actions.tell_of_appeals(appealed, at=now())

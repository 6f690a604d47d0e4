"""What promises do when something happens to a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import now

from answerable.sla import actions
from answerable.tickets.events import Verb
from answerable.tickets.models import Message, TicketEvent


def follow(events: Sequence[TicketEvent]) -> None:
    """Start, stop and move clocks."""
    decided = [event for event in events if _is_decided(event)]
    if decided:
        actions.decide_promises(decided, at=now())
    for event in events:
        _move_clocks(event)
        _move_ladder(event)


def _is_decided(event: TicketEvent) -> bool:
    """Say whether what a ticket is promised is decided now: whose it is, is known now."""
    if event.verb == Verb.ADMITTED:
        return event.ticket.requester_id is not None
    return event.verb == Verb.OPENED


def _move_clocks(event: TicketEvent) -> None:
    match event.verb:
        case Verb.DELIVERED if event.message and event.message.kind == Message.Kind.REPLY:
            actions.answer_clock(event, at=now())
        case Verb.UNDELIVERED:
            actions.take_back(event, at=now())
        case Verb.CLAIM_CONFIRMED | Verb.CLAIM_CHANGED:
            actions.meet_triage(event, at=now())
        case Verb.SEVERITY_CHANGED:
            actions.retarget(event, at=now())


def _move_ladder(event: TicketEvent) -> None:
    match event.verb:
        case Verb.TAKEN:
            actions.stop_ladder(event)
        case Verb.ASSIGNED if event.data.get("to_id"):
            actions.stop_ladder(event)
        case Verb.ASSIGNED if event.data.get("from"):
            actions.resume_ladder(event)
        case Verb.UNDELIVERED if event.ticket.assignee_id is None:
            actions.resume_ladder(event)

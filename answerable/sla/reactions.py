"""What promises do when something happens to a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import now

from answerable.sla import actions
from answerable.tickets.events import Verb
from answerable.tickets.models import Message, TicketEvent


def follow(events: Sequence[TicketEvent]) -> None:
    """Start, stop and move clocks."""
    opened = [event for event in events if event.verb == Verb.OPENED]
    if opened:
        actions.decide_promises(opened, at=now())
    for event in events:
        _follow(event)


def _follow(event: TicketEvent) -> None:
    match event.verb:
        case Verb.DELIVERED if event.message and event.message.kind == Message.Kind.REPLY:
            actions.answer_clock(event, at=now())
        case Verb.UNDELIVERED:
            actions.take_back(event, at=now())
        case Verb.CLAIM_CONFIRMED | Verb.CLAIM_CHANGED:
            actions.meet_triage(event, at=now())
        case Verb.SEVERITY_CHANGED:
            actions.retarget(event, at=now())
        case Verb.CLOCK_CORRECTED | Verb.CLOCK_RETARGETED:
            actions.end_excuses(event, at=now())
        case Verb.TAKEN:
            actions.stop_ladder(event)
        case Verb.ASSIGNED if event.data.get("to_id"):
            actions.stop_ladder(event)

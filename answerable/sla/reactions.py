"""What promises do when something happens to a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import now

from answerable.sla import actions
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent


def follow(events: Sequence[TicketEvent]) -> None:
    """Start, stop and move clocks."""
    # What we open ourselves, by writing first, waits for the customer (domain.md E8).
    opened = [event for event in events if event.verb == Verb.OPENED and not event.agent_id]
    if opened:
        actions.decide_promises(opened, at=now())
    for event in events:
        _follow(event)


def _follow(event: TicketEvent) -> None:
    match event.verb:
        case Verb.TAKEN:
            actions.stop_ladder(event)
        case Verb.ASSIGNED if event.data.get("to_id"):
            actions.stop_ladder(event)
        case _:
            actions.follow(event, at=now())

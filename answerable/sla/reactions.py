"""What promises do when something happens to a ticket."""

from __future__ import annotations

from collections.abc import Sequence

from django.utils.timezone import now

from answerable.sla import actions
from answerable.tickets.events import Verb
from answerable.tickets.models import TicketEvent

# After these a clock that was missed may be one that was not.
TAKES_BACK = {
    Verb.CLOCK_CORRECTED,
    Verb.CLOCK_RETARGETED,
    Verb.CLOCK_REOPENED,
    Verb.CLOCK_ENDED,
    Verb.CLOCK_PAUSED,
    Verb.CLOCK_RESUMED,
}


def follow(events: Sequence[TicketEvent]) -> None:
    """Start, stop and move clocks."""
    decided = [event for event in events if _is_decided(event)]
    if decided:
        actions.decide_promises(decided, at=now())
    for event in events:
        _move_clocks(event)
        _move_ladder(event)
        actions.follow_silence(event)


def _is_decided(event: TicketEvent) -> bool:
    """Say whether what a ticket is promised is decided now: whose it is, is known now."""
    if event.verb == Verb.ADMITTED:
        return event.ticket.requester_id is not None
    # What we open ourselves, by writing first, waits for the customer (domain.md E8).
    return event.verb == Verb.OPENED and not event.agent_id


def _move_clocks(event: TicketEvent) -> None:
    match event.verb:
        case Verb.TAKEN | Verb.ASSIGNED | Verb.GIVEN_BACK:
            pass
        case verb if verb in TAKES_BACK:
            actions.end_excuses(event, at=now())
            actions.drop_post_mortems(event)
        case Verb.CLOCK_MISSED:
            actions.follow(event, at=now())
            actions.ask_post_mortem(event)
        case _:
            actions.follow(event, at=now())


def _move_ladder(event: TicketEvent) -> None:
    match event.verb:
        case Verb.TAKEN:
            actions.stop_ladder(event)
        case Verb.ASSIGNED if event.data.get("to_id"):
            actions.stop_ladder(event)
        case Verb.ASSIGNED if event.data.get("from"):
            actions.resume_ladder(event)
        case Verb.GIVEN_BACK:
            actions.resume_ladder(event)
        case Verb.UNDELIVERED if event.ticket.assignee_id is None:
            actions.resume_ladder(event)

"""What the queue does when something happens to a ticket."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from django.utils.timezone import now

from answerable.routing import actions
from answerable.sla.models import Clock
from answerable.tickets.events import Lines, Verb
from answerable.tickets.models import TicketEvent

MOVES = {
    Verb.OPENED,
    Verb.WROTE,
    Verb.ANSWERED,
    Verb.LEFT,
    Verb.TAKEN_BACK,
    Verb.NOTICED,
    Verb.UNDELIVERED,
    Verb.TAKEN,
    Verb.ASSIGNED,
    Verb.GIVEN_BACK,
    Verb.ADMITTED,
    Verb.RESOLVED,
    Verb.REOPENED,
    Verb.HELD,
    Verb.HOLD_ENDED,
    Verb.DISMISSED,
    Verb.MERGED,
    Verb.UNMERGED,
    Verb.CONTINUED,
    Verb.HANDED_OVER,
    Verb.SEVERITY_CHANGED,
    Verb.FACTS_CORRECTED,
    Verb.CUSTOMER_CHANGED,
    Verb.CLOCK_MET,
    Verb.CLOCK_RETARGETED,
    Verb.CLOCK_CORRECTED,
    Verb.CLOCK_PAUSED,
    Verb.CLOCK_RESUMED,
    Verb.CLOCK_REOPENED,
    Verb.CLOCK_ENDED,
}

# After these something waits for an agent, or does so no more, or an agent is free again.
WAKES = {
    Verb.ADMITTED,
    Verb.ASSIGNED,
    Verb.CALL_ASKED,
    Verb.CALL_ATTEMPTED,
    Verb.CALL_BEGUN,
    Verb.CALL_CANCELLED,
    Verb.CALL_ENDED,
    Verb.CALL_HANDED_ON,
    Verb.CHAT_ASKED,
    Verb.CHAT_ENDED,
    Verb.CHAT_JOINED,
    Verb.CHAT_LEFT,
    Verb.CHAT_PICKED_UP,
    Verb.CHAT_TRANSFERRED,
    Verb.CLAIM_CONFIRMED,
    Verb.ESCALATED,
    Verb.GIVEN_BACK,
    Verb.REOPENED,
    Verb.RESOLVED,
    Verb.SEVERITY_CHANGED,
    Verb.TAKEN,
}


class Tell(Protocol):
    """Tells agents of lines of one kind."""

    def __call__(self, events: Sequence[TicketEvent], *, at: datetime) -> None: ...


# Who must know of what, in this order.
TOLD: dict[str, Tell] = {
    Verb.ESCALATED: actions.tell_of_escalations,
    Verb.CLOCK_DOUBTED: actions.tell_of_doubts,
    Verb.CLOCK_MISSED: actions.tell_of_misses,
    Verb.UNDELIVERED: actions.tell_of_returns,
    Verb.WROTE: actions.tell_of_unverified,
    Verb.REPLY_PARKED: actions.tell_of_parked_replies,
    Verb.SIDE_ANSWERED: actions.tell_of_side_answers,
    Verb.APPEALED: actions.tell_of_appeals,
    Verb.ANOTHER_LOOK_ASKED: actions.tell_of_looks,
    Verb.CLAIM_MADE: actions.tell_of_claims,
    Verb.OFFERED: actions.tell_of_nobody,
    Verb.CALL_UNNOTED: actions.tell_of_summaries,
    Verb.NOTED: actions.tell_of_mentions,
    Verb.REPLY_PREPARED: actions.tell_of_prepared,
    Verb.REPLY_RETURNED: actions.tell_of_prepared,
    Verb.REPLY_OVERTAKEN: actions.tell_of_parked_replies,
    Verb.RULE_TOLD: actions.tell_of_rules,
    Verb.RULE_HALTED: actions.tell_of_doubts,
    Verb.SURVEY_ANSWERED: actions.tell_of_answers,
}


def follow(events: Sequence[TicketEvent]) -> None:
    """Place the tickets anew that moved, and tell people of what they must know."""
    moved = {_number(event) for event in events if _moves(event)}
    if moved:
        actions.place_all(moved)
    if any(event.verb in WAKES for event in events):
        actions.wake_routing()
    for verb, tell in TOLD.items():
        happened = [event for event in events if event.verb == verb]
        if happened:
            tell(happened, at=now())


def follow_many(lines: Lines) -> None:
    """Move in the queue what a new version of a plan moved."""
    if lines.verb == Verb.CLOCK_MOVED:
        actions.shift_all(lines.tickets, lines.data)


def _number(event: TicketEvent) -> int:
    """Return the ticket that stands in the queue for an event: the one it was merged into."""
    return event.ticket.merged_into_id or event.ticket_id


def _moves(event: TicketEvent) -> bool:
    """Say whether a clock moves its ticket: one that the opening did not start, which has its
    place by then, or a decision that is late and no longer hides the promise."""
    if event.verb == Verb.CLOCK_MISSED:
        return bool(event.data.get("kind") == Clock.Kind.INTERNAL)
    begins = event.verb == Verb.CLOCK_STARTED and event.at > event.ticket.created_at
    return begins or event.verb in MOVES

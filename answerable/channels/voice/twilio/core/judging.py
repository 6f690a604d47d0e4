"""What the two legs of a call come to: whether people talk, and what became of it. Pure.

Whatever the order in which news came, the same facts come to the same.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from answerable.channels.voice.twilio.core.legs import FAX, Facts, Status


class First(StrEnum):
    """Whose telephone rings first; a caller's never does."""

    AGENT = "agent"
    CONTACT = "contact"
    CALLER = "caller"


@dataclass(frozen=True, slots=True, kw_only=True)
class Legs:
    """A call's legs as far as they are known: None is one that was not dialled.

    The agent is there when they pressed a key (`agreed_at`): what answered before that may be
    their answering machine. With `looks_for_machines` the provider says whether a person
    answered at the customer's.
    """

    first: First
    agent: Facts | None = None
    agreed_at: datetime | None = None
    contact: Facts | None = None
    looks_for_machines: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """Since when both talk, and what became of the call: an outcome of voice.models.Call, ""
    while it goes on. `over_at` is when it ended."""

    connected_at: datetime | None = None
    outcome: str = ""
    over_at: datetime | None = None
    why: str = ""


# The provider tells the time in whole seconds, by a clock of its own.
CLOCKS_DIFFER = timedelta(seconds=2)
ENDED_BY = {
    Status.BUSY: "busy",
    Status.NO_ANSWER: "no_answer",
    Status.CANCELED: "no_answer",
    Status.FAILED: "failed",
}


def judged(legs: Legs) -> Verdict:
    """Return what the legs of a call come to.

    Only a person counts as reached: an answering machine at the customer's ends the call, and
    one at the agent's is an agent who did not take it.
    """
    connected, over = _connected_at(legs), _over(legs)
    if legs.contact and legs.contact.is_machine and legs.first != First.CALLER:
        outcome = "no_answer" if legs.contact.answered_by == FAX else "voicemail"
        return Verdict(outcome=outcome, over_at=legs.contact.answered_at)
    if connected and over and connected > over.at + CLOCKS_DIFFER:
        connected = None  # One had left before the other was there.
    if over is None:
        return Verdict(connected_at=connected)
    outcome = "connected" if connected else over.outcome
    return Verdict(connected_at=connected, outcome=outcome, over_at=over.at, why=over.why)


@dataclass(frozen=True, slots=True)
class _Over:
    at: datetime
    outcome: str
    why: str


def contact_there_at(legs: Legs) -> datetime | None:
    """Return since when a person is there at the customer's, None as long as nobody is."""
    contact = legs.contact
    if contact is None or contact.is_machine:
        return None
    # Of a call that is over nobody will say any more who answered it.
    is_asked = legs.looks_for_machines and legs.first != First.CALLER and not contact.is_over
    return None if is_asked and not contact.answered_by else contact.answered_at


def _connected_at(legs: Legs) -> datetime | None:
    """Return since when both are there, None as long as one is not."""
    there = contact_there_at(legs)
    return max(there, legs.agreed_at) if there and legs.agreed_at else None


def _over(legs: Legs) -> _Over | None:
    """Return how a call ended: the leg that was over first says it."""
    ends = []
    if legs.contact and legs.contact.is_over and legs.contact.ended_at:
        outcome = ENDED_BY.get(Status(legs.contact.status), _left_early(legs.first))
        ends.append(_Over(legs.contact.ended_at, outcome, legs.contact.why))
    if legs.agent and legs.agent.is_over and legs.agent.ended_at and _ends_it(legs):
        ends.append(_Over(legs.agent.ended_at, _gave_up(legs, legs.agent), legs.agent.why))
    return min(ends, key=lambda end: (end.at, end.outcome), default=None)


def _left_early(first: First) -> str:
    """Return what it is that a customer hung up before an agent was there."""
    return "not_taken" if first == First.CALLER else "refused"


def _ends_it(legs: Legs) -> bool:
    """Say whether the call ends with the agent's leg: a caller waits for another agent."""
    return legs.first != First.CALLER or legs.agreed_at is not None


def _gave_up(legs: Legs, agent: Facts) -> str:
    """Return what it is that the agent's leg ended before the customer was there."""
    if legs.agreed_at is None:
        return "failed" if agent.status == Status.FAILED else "not_taken"
    return "not_taken" if legs.first == First.CALLER else "cancelled"

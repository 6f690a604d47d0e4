"""Who must be told of what happened to tickets: lines of the log become happenings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from answerable.notices.core.levels import Kind, Way
from answerable.notices.models import Follow
from answerable.routing.models import Notice as Told
from answerable.routing.models import Offer
from answerable.tickets.events import Verb
from answerable.tickets.models import Ticket, TicketEvent

# What the rooms below say that people must know (routing/reactions.py), by its kind.
MUST_KNOW: Mapping[str, Kind] = {
    Verb.ESCALATED: Kind.CRITICAL,
    Verb.CLAIM_MADE: Kind.CRITICAL,
    Verb.CLOCK_DOUBTED: Kind.DUTY,
    Verb.APPEALED: Kind.DUTY,
    Verb.ANOTHER_LOOK_ASKED: Kind.DUTY,
    Verb.OFFERED: Kind.DUTY,
    Verb.WROTE: Kind.DUTY,
    Verb.CLOCK_MISSED: Kind.LATE,
    Verb.UNDELIVERED: Kind.RETURNED,
    Verb.REPLY_PARKED: Kind.REVIEW,
    Verb.REPLY_OVERTAKEN: Kind.REVIEW,
    Verb.REPLY_PREPARED: Kind.REVIEW,
    Verb.REPLY_RETURNED: Kind.REVIEW,
    Verb.CALL_UNNOTED: Kind.REVIEW,
    Verb.SIDE_ANSWERED: Kind.MESSAGE,
    Verb.NOTED: Kind.MENTION,
}
# They themselves are asked, whoever has the ticket.
ASKED = {Kind.CRITICAL, Kind.REVIEW, Kind.MENTION, Kind.ASSIGNED, Kind.OFFER, Kind.NEXT}
# What a colleague does to my ticket, and what a follower hears of.
CHANGES = {
    Verb.ANSWERED,
    Verb.NOTED,
    Verb.TAGGED,
    Verb.UNTAGGED,
    Verb.FIELDS_SET,
    Verb.PRIORITY_SET,
    Verb.STATUS_SET,
    Verb.SEVERITY_CHANGED,
    Verb.HELD,
    Verb.HOLD_ENDED,
    Verb.RESOLVED,
    Verb.REOPENED,
    Verb.MERGED,
    Verb.LINKED,
    Verb.INCIDENT_LINKED,
    Verb.INCIDENT_FIXED,
}
FOLLOWED = {
    Verb.WROTE,
    Verb.ANSWERED,
    Verb.NOTED,
    Verb.TAKEN,
    Verb.ASSIGNED,
    Verb.RESOLVED,
    Verb.REOPENED,
    Verb.SEVERITY_CHANGED,
    Verb.INCIDENT_FIXED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Happening:
    """One person is to be told of something once, by `key`.

    `ways`: by these ways at the most, as a step of a ladder says; None: by any.
    """

    agent: int
    kind: Kind
    key: str
    ticket: Ticket
    at: datetime
    is_mine: bool
    event: TicketEvent | None = None
    offer: Offer | None = None
    due_at: datetime | None = None
    holder: int | None = None
    takes: int | None = None
    ways: frozenset[Way] | None = field(default=None)


def happenings(events: Sequence[TicketEvent]) -> list[Happening]:
    """Return who is to be told of these lines, each person of each line once. Three queries.

    What the rooms below say that somebody must know comes before what they may want to.
    """
    asked = Told.objects.filter(event__in=events).order_by("pk").values_list("event", "agent")
    must: dict[int, list[int]] = {}
    for number, agent in asked:
        must.setdefault(number, []).append(agent)
    followers: dict[int, list[int]] = {}
    tickets = {event.ticket_id for event in events if event.verb in FOLLOWED}
    for ticket, agent in Follow.objects.filter(ticket__in=tickets).values_list(
        "ticket_id", "agent_id"
    ):
        followers.setdefault(ticket, []).append(agent)
    found: dict[tuple[int, str], Happening] = {}
    for event in events:
        known = must.get(event.pk, []), followers.get(event.ticket_id, [])
        for one in (*_must_know(event, known[0]), *_may_want(event, known[1])):
            found.setdefault((one.agent, one.key), one)
    return list(found.values())


def _must_know(event: TicketEvent, agents: Sequence[int]) -> Iterator[Happening]:
    for agent in agents:
        kind = MUST_KNOW.get(event.verb, Kind.DUTY)
        # A claim on a ticket that somebody has is their business, and no call to everybody.
        if event.verb == Verb.CLAIM_MADE and event.ticket.assignee_id:
            kind = Kind.DUTY
        yield _of(event, agent, kind)


def _may_want(event: TicketEvent, followers: Sequence[int]) -> Iterator[Happening]:
    mine, by = event.ticket.assignee_id, event.agent_id
    if event.verb == Verb.ASSIGNED and (to := _assigned_to(event)) and to != by:
        yield _of(event, to, Kind.ASSIGNED)
    if event.verb == Verb.POST_MORTEM_ASKED and (to := event.data.get("to_id")) and to != by:
        yield _of(event, int(to), Kind.DUTY)
    if mine and event.verb == Verb.WROTE:
        yield _of(event, mine, Kind.MESSAGE)
    if mine and by and mine != by and event.verb in CHANGES:
        yield _of(event, mine, Kind.CHANGED)
    if event.verb in FOLLOWED:
        for agent in followers:
            if agent not in {by, mine}:
                yield _of(event, agent, Kind.FOLLOWED)


def _assigned_to(event: TicketEvent) -> int | None:
    """Return to whom a ticket was given, where they still have it."""
    return event.ticket.assignee_id if event.data.get("to") else None


def _of(event: TicketEvent, agent: int, kind: Kind) -> Happening:
    due_at = event.data.get("due_at") if kind in {Kind.CRITICAL, Kind.LATE} else None
    return Happening(
        agent=agent,
        kind=kind,
        key=f"e{event.pk}",
        ticket=event.ticket,
        at=event.at,
        is_mine=kind in ASKED or event.ticket.assignee_id == agent,
        event=event,
        due_at=datetime.fromisoformat(due_at) if isinstance(due_at, str) else None,
        holder=event.ticket.assignee_id,
    )


def is_critical(ticket: Ticket) -> bool:
    """Return whether people are woken for a ticket, as the queue has it."""
    entry = getattr(ticket, "queue_entry", None)
    return bool(entry and entry.is_critical)


def agents_of(found: Sequence[Happening]) -> set[int]:
    """Return the numbers of those who are to be told."""
    return {one.agent for one in found}

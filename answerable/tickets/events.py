"""The log of tickets, and who reacts to it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from django.conf import settings
from django.db import transaction
from django.utils.module_loading import import_string

from answerable.lib import bulk
from answerable.lib.ready import run
from answerable.live.events import Changed, publish
from answerable.tickets.models import TicketEvent
from answerable.tickets.verbs import Verb

__all__ = [
    "PUBLIC",
    "Lines",
    "ManyReaction",
    "Reaction",
    "Verb",
    "caused_by",
    "changes",
    "many_reactions",
    "react",
    "reactions",
    "record",
    "record_many",
    "rule_behind",
]

Reaction = Callable[[Sequence[TicketEvent]], None]
CAUSE: ContextVar[Mapping[str, object] | None] = ContextVar("cause", default=None)

# Any number of lines, numbered in the order in which they are given.
WRITE = """
WITH written AS (
    INSERT INTO tickets_ticketevent
        (ticket_id, verb, agent_id, contact_id, message_id, at, data)
    SELECT ticket, verb, agent, contact, message, at, data::jsonb
    FROM unnest(%(tickets)s::bigint[], %(verbs)s::text[], %(agents)s::bigint[],
        %(contacts)s::bigint[], %(messages)s::bigint[], %(ats)s::timestamptz[],
        %(data)s::text[])
        WITH ORDINALITY AS said (ticket, verb, agent, contact, message, at, data, place)
    ORDER BY place
    RETURNING id
)
SELECT id FROM written ORDER BY id
"""
WRITE_MANY = """
INSERT INTO tickets_ticketevent (ticket_id, verb, agent_id, at, data)
SELECT ticket, %(verb)s, %(agent)s, %(at)s, data::jsonb
FROM unnest(%(tickets)b::bigint[], %(data)b::text[]) AS said (ticket, data)
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lines:
    """The same happened to thousands of tickets at once: a line for each, with its data."""

    verb: Verb
    agent: int | None
    at: datetime
    tickets: Sequence[int]
    data: Sequence[Mapping[str, object]]


ManyReaction = Callable[[Lines], None]

# What the customer's pages show. Everything else is the vendor's own.
PUBLIC = {
    Verb.OPENED,
    Verb.WROTE,
    Verb.ANSWERED,
    Verb.LEFT,
    Verb.NOTICED,
    Verb.DELIVERED,
    Verb.RESOLVED,
    Verb.REOPENED,
    Verb.CLAIM_MADE,
    Verb.CLAIM_CONFIRMED,
    Verb.SEVERITY_CHANGED,
    Verb.PROMISED,
    Verb.CLOCK_STARTED,
    Verb.CLOCK_MET,
    Verb.CLOCK_MISSED,
    Verb.CLOCK_RETARGETED,
    Verb.CLOCK_CORRECTED,
    Verb.CLOCK_PAUSED,
    Verb.CLOCK_RESUMED,
    Verb.CLOCK_REOPENED,
    Verb.CLOCK_ENDED,
    Verb.CLOCK_MOVED,
    Verb.ENDORSED,
    Verb.ENDORSEMENT_ASKED,
    Verb.ENDORSEMENT_DECLINED,
    Verb.FACTS_CORRECTED,
    Verb.ANOTHER_LOOK_ASKED,
    Verb.ANOTHER_LOOK_ANSWERED,
    Verb.WORKAROUND_GIVEN,
    Verb.CALL_ASKED,
    Verb.CALL_ATTEMPTED,
    Verb.CALL_CONNECTED,
    Verb.CALL_CHANGED,
    Verb.CALL_CANCELLED,
    Verb.CALL_GIVEN_UP,
    Verb.CHAT_ASKED,
    Verb.CHAT_PICKED_UP,
    Verb.CHAT_LEFT,
    Verb.CHAT_JOINED,
    Verb.CHAT_TRANSFERRED,
    Verb.CHAT_ENDED,
    Verb.CHAT_MOVED,
    Verb.CALL_BEGUN,
    Verb.CALL_ENDED,
    Verb.CALL_RECORDED,
    Verb.SPLIT,
    Verb.MADE_PRIVATE,
    Verb.MADE_SHARED,
    Verb.NAMED,
    Verb.UNNAMED,
    Verb.CONTINUED,
    Verb.EXCUSED,
    Verb.APPEAL_DECIDED,
    Verb.REDACTED,
    Verb.ENTERED,
}


@cache
def reactions() -> tuple[Reaction, ...]:
    """Return what happens whenever something happens to a ticket, in order."""
    return tuple(import_string(path) for path in settings.TICKET_REACTIONS)


def record(*events: TicketEvent) -> None:
    """Write lines in the log, let the house react, and tell open pages.

    Called inside the transaction of the action that caused them. A reaction may write rows and
    defer jobs; what can fail for reasons outside the house is a job. No savepoint: what fails
    here fails the action.
    """
    with transaction.atomic(savepoint=False):
        _write(events)
        publish(*changes(*events))
        react(*events)


@contextmanager
def caused_by(cause: Mapping[str, object]) -> Iterator[None]:
    """Let every line that is written inside say what led to it, in its data under `cause`.

    This is no actor: who acts is an argument of each action. It is what a whole stretch of
    actions, and all reactions to them, have in common, and it keeps them from going in circles.
    """
    before = CAUSE.set(cause)
    try:
        yield
    finally:
        CAUSE.reset(before)


def rule_behind(event: TicketEvent) -> str:
    """Return the name of the rule that did what a line says, or nothing: a person did."""
    cause = event.data.get("cause")
    return str(cause.get("name", "")) if isinstance(cause, dict) else ""


def _write(events: Sequence[TicketEvent]) -> None:
    """Write lines, and let them have their numbers."""
    if cause := CAUSE.get():
        for event in events:
            event.data = {**event.data, "cause": cause}
    numbers = run(
        WRITE,
        {
            "tickets": [event.ticket_id for event in events],
            "verbs": [str(event.verb) for event in events],
            "agents": [event.agent_id for event in events],
            "contacts": [event.contact_id for event in events],
            "messages": [event.message_id for event in events],
            "ats": [event.at for event in events],
            "data": [json.dumps(event.data) for event in events],
        },
    )
    for event, (number,) in zip(events, numbers, strict=True):
        event.pk = number
        event._state.adding = False


def react(*events: TicketEvent) -> None:
    """Let the house react to lines that are written, and of which open pages were told."""
    for reaction in reactions():
        reaction(events)


def changes(*events: TicketEvent) -> list[Changed]:
    """Return what lines change on open pages."""
    return [change for event in events for change in _changes(event)]


def _changes(event: TicketEvent) -> Iterator[Changed]:
    yield Changed(f"ticket-{event.ticket_id}")
    yield Changed("queue-all")
    if event.verb in PUBLIC:
        yield Changed(f"request-{event.ticket_id}")
        if event.ticket.requester_id:
            yield Changed(f"requests-{event.ticket.requester_id}")
            yield Changed(f"customer-{event.ticket.customer_id}")


@cache
def many_reactions() -> tuple[ManyReaction, ...]:
    """Return what happens when the same happened to thousands of tickets, in order."""
    return tuple(import_string(path) for path in settings.TICKET_MANY_REACTIONS)


def record_many(lines: Lines) -> None:
    """Write a line in the log of thousands of tickets, let the house react, and tell pages.

    In a few statements. Called inside the transaction of the action that caused them.
    """
    if not lines.tickets:
        return
    bulk.run(
        WRITE_MANY,
        {
            "verb": lines.verb.value,
            "agent": lines.agent,
            "at": lines.at,
            "tickets": list(lines.tickets),
            "data": [json.dumps(data) for data in lines.data],
        },
    )
    publish(Changed("queue-all"), *(Changed(f"ticket-{number}") for number in lines.tickets))
    if lines.verb in PUBLIC:
        publish(*(Changed(f"request-{number}") for number in lines.tickets))
    for react in many_reactions():
        react(lines)

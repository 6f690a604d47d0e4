"""A ticket with a long conversation, as rows: thousands of actions would take minutes."""

from __future__ import annotations

from datetime import datetime, timedelta

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.tickets.events import Verb
from answerable.tickets.models import Message, Ticket, TicketEvent

Kind = Message.Kind
TURNS = ((Kind.MESSAGE, Verb.WROTE), (Kind.REPLY, Verb.ANSWERED), (Kind.NOTE, Verb.NOTED))
HOUR = timedelta(hours=1)


def long_ticket(cast: Cast, entries: int, *, at: datetime) -> Ticket:
    """Return a ticket on which so many messages, replies and notes follow its first, in turns,
    a few a day from an instant on."""
    ticket = ask(cast.dana, body="The very first words", at=at)
    said = [_message(cast, ticket, number, at) for number in range(entries)]
    Message.objects.bulk_create(said)
    TicketEvent.objects.bulk_create(
        TicketEvent(
            ticket=ticket,
            verb=TURNS[number % 3][1],
            agent=one.agent,
            contact=one.contact,
            message=one,
            at=one.written_at,
        )
        for number, one in enumerate(said)
    )
    return ticket


def _message(cast: Cast, ticket: Ticket, number: int, at: datetime) -> Message:
    kind, _ = TURNS[number % 3]
    theirs = kind == Kind.MESSAGE
    when = at + (number + 1) * HOUR / 8
    return Message(
        ticket=ticket,
        kind=kind,
        contact=cast.dana if theirs else None,
        agent=None if theirs else cast.ben,
        body=f"Message {number} says what was tried.\n\nAnd what came of it.",
        written_at=when,
        delivered_at=None if theirs else when,
    )

"""Writes what is said in a chat on its ticket: quick lines, of which those that change the
turn are told to the house."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.live.events import Changed, publish
from answerable.tickets.actions.held import LONGEST, checked, hold, touch
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent


@transaction.atomic
def chat_line(
    ticket: Ticket,
    *,
    body: str,
    agent: Agent | None,
    contact: Contact | None,
    turns: bool,
    at: datetime,
) -> Message:
    """Keep a line of a chat as a message, and return it; it has arrived when it is stored.

    `turns`: it answers the other side, so that clocks and the queue must know of it. Others
    are in the log, and nobody reacts. Raises Empty or TooLong.
    """
    ticket = hold(ticket)
    body = checked(body, LONGEST)
    message = ticket.messages.create(
        kind=Message.Kind.REPLY if agent else Message.Kind.MESSAGE,
        agent=agent,
        contact=contact,
        sender=contact.name if contact else "",
        body=body,
        written_at=at,
        delivered_at=at if agent else None,
    )
    if turns:
        ticket.state = Ticket.State.WAITING if agent else Ticket.State.OPEN
    touch(ticket, body, at)
    _log(message, turns=turns)
    return message


def _log(message: Message, *, turns: bool) -> None:
    verbs = [Verb.ANSWERED, Verb.DELIVERED] if message.agent_id else [Verb.WROTE]
    events = [
        TicketEvent(
            ticket=message.ticket,
            verb=verb,
            agent=message.agent,
            contact=message.contact,
            message=message,
            at=message.written_at,
            data={"by": "chat"},
        )
        for verb in verbs
    ]
    if turns:
        record(*events)
        return
    TicketEvent.objects.bulk_create(events[:1])
    publish(Changed(f"ticket-{message.ticket_id}"))

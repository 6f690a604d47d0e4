"""Writes what agents say to each other on a ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.held import LONGEST, checked, hold, touch
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent

# An agent's note that comes again so soon is the same one: they did not hear that it arrived.
SAME_WITHIN = timedelta(minutes=10)


@transaction.atomic
def add_note(  # A note is all these facts.
    ticket: Ticket,
    *,
    agent: Agent | None,
    body: str,
    at: datetime,
    mentions: Sequence[Agent] = (),
    sender: str = "",
) -> Message:
    """Add an internal note, which no customer page, mail or stream ever carries.

    One that no agent wrote has the name of its `sender` above it. Whom it mentions stands in
    its line of the log. The same note of an agent that arrives again within ten minutes is the
    one that is there; what no agent wrote has its own way to be written once.
    """
    ticket = hold(ticket)
    body = checked(body, LONGEST)
    if agent and (before := _same_before(ticket, agent, body, at)):
        return before
    message = ticket.messages.create(
        kind=Message.Kind.NOTE, agent=agent, sender=sender, body=body, written_at=at
    )
    if agent:
        ticket.drafts.filter(agent=agent, mode="note").delete()
    data = {"mentions": [one.pk for one in mentions]} if mentions else {}
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.NOTED, agent=agent, message=message, at=at, data=data
        )
    )
    return message


def _same_before(ticket: Ticket, agent: Agent, body: str, at: datetime) -> Message | None:
    mine = ticket.messages.filter(kind=Message.Kind.NOTE, agent=agent, body=body)
    return mine.filter(written_at__gte=at - SAME_WITHIN).first()


@transaction.atomic
def add_notice(
    ticket: Ticket, *, sender: str, body: str, data: Mapping[str, object], at: datetime
) -> Message:
    """Say something to a customer that counts as no reply, so that no promise is kept by it.

    `sender` is whose name stands above it, `data` what the log says of why. Raises Empty or
    TooLong.
    """
    ticket = hold(ticket)
    body = checked(body, LONGEST)
    notice = ticket.messages.create(
        kind=Message.Kind.NOTICE, sender=sender, body=body, written_at=at
    )
    touch(ticket, body, at)
    told = dict(data)
    record(TicketEvent(ticket=ticket, verb=Verb.NOTICED, message=notice, at=at, data=told))
    return notice

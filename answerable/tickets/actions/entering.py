"""Opens tickets that agents write: what customers asked of them, and what they write first."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.files.actions import Waiting
from answerable.tickets.actions.grace import has_left, tell_writer
from answerable.tickets.actions.held import LONGEST, checked
from answerable.tickets.actions.messages import Answer
from answerable.tickets.actions.opening import Opening, Sender, facts_of, open_ticket
from answerable.tickets.actions.preparing import Until, prepare_reply
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent

# How far back somebody may have asked: what is older is known by no calendar that is looked at.
LONGEST_AGO = timedelta(days=30)


class NotThen(Exception):
    """Nobody can have asked at an instant that is still to come, or so long ago."""


def _at_once(ticket: Ticket, at: datetime) -> timedelta:
    return timedelta(0)


@dataclass(frozen=True, slots=True, kw_only=True)
class First:
    """What an agent writes to somebody who did not ask; `grace` as that of an Answer.

    `data` goes into the log with it: whom it goes to beside them, and what is staged.
    `submission` is the same for each press of one form.
    """

    contact: Contact
    subject: str
    body: str
    language: str = ""
    product: str = ""
    environment: str = ""
    submission: str | None = None
    grace: Callable[[Ticket, datetime], timedelta] = _at_once
    data: Mapping[str, object] = field(default_factory=dict)


@transaction.atomic
def enter_request(
    opening: Opening, *, agent: Agent, received_at: datetime, at: datetime
) -> Ticket:
    """Open a ticket for what a customer asked of an agent, and return it.

    Promises run from `received_at`, when they asked, as from the stored time of a form; it may
    lie before `at`, and never after it (domain.md E16, E79). What would have been due by then
    is missed at once. The same submission again returns the ticket it made. Raises NotThen,
    Empty or TooLong.
    """
    if not at - LONGEST_AGO <= received_at <= at:
        raise NotThen
    ticket = open_ticket(replace(opening, entered_at=at), at=received_at)
    if ticket.events.filter(verb=Verb.ENTERED).exists():
        return ticket
    data = {"channel": opening.channel, "received_at": received_at.isoformat()}
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.ENTERED,
            agent=agent,
            contact=opening.sender.contact,
            at=at,
            data=data,
        )
    )
    return ticket


@transaction.atomic
def write_first(first: First, *, agent: Agent, at: datetime) -> Ticket:
    """Open a ticket by writing to a contact, who then is waited for (domain.md E8).

    Nothing is promised until they write. Until the first words have left nobody of theirs sees
    it; taken back, it is the agent's, with their draft. The same submission again returns the
    ticket it made. Raises Empty or TooLong.
    """
    body = checked(first.body, LONGEST)
    ticket, new = _made(first, body, agent, at)
    if not new:
        return ticket
    grace = first.grace(ticket, at)
    message = ticket.messages.create(
        kind=Message.Kind.REPLY,
        agent=agent,
        body=body,
        written_at=at,
        leaves_at=at + grace if grace else None,
    )
    if grace:
        tell_writer(message)
    else:
        has_left(ticket, body, at)
    record(
        TicketEvent(ticket=ticket, verb=Verb.OPENED, agent=agent, at=at),
        TicketEvent(
            ticket=ticket,
            verb=Verb.ANSWERED,
            agent=agent,
            message=message,
            at=at,
            data=dict(first.data),
        ),
    )
    return ticket


@transaction.atomic
def prepare_first(
    first: First, until: Until, waiting: Waiting, *, agent: Agent, at: datetime
) -> Ticket:
    """Open a ticket by writing to a contact, later or once a colleague has read it.

    As `write_first`; until the first words have left it is ours alone, and they wait as a reply
    does. The same submission again returns the ticket it made. Raises TimeHasPassed, Empty or
    TooLong.
    """
    body = checked(first.body, LONGEST)
    ticket, new = _made(first, body, agent, at)
    if new:
        opened = TicketEvent(ticket=ticket, verb=Verb.OPENED, agent=agent, at=at)
        record(opened)
        said = Answer(agent, body, opened.pk, data=first.data)
        prepare_reply(ticket, said, until, waiting, at=at)
    return ticket


def _made(first: First, body: str, agent: Agent, at: datetime) -> tuple[Ticket, bool]:
    opening = Opening(
        sender=Sender(contact=first.contact),
        body=body,
        channel=Ticket.Channel.EMAIL,
        subject=first.subject,
        surface="mail",
        language=first.language or first.contact.language,
        product=first.product,
        environment=first.environment,
    )
    facts = facts_of(opening, body, at) | {"is_unsent": True, "assignee": agent}
    if first.submission is None:
        return Ticket.objects.create(**facts), True
    return Ticket.objects.get_or_create(submission=first.submission, defaults=facts)

"""Keeps conversations of the past as tickets: nobody reacts, and no clock starts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from answerable.tickets.actions.held import LONGEST_MAIL, checked
from answerable.tickets.actions.opening import Sender
from answerable.tickets.actions.state import REOPENS_FOR
from answerable.tickets.events import Verb
from answerable.tickets.models import Message, Ticket, TicketEvent
from answerable.tickets.text import clean, first_line

Kind = Message.Kind


@dataclass(slots=True, kw_only=True)
class Past:
    """What was said in the past, by the customer or by us to them, and on which ticket.

    `after` is what it answers, where that is of the past too and kept at the same time.
    """

    customer: Sender
    by_us: str = ""  # the name that stands above it; empty when the customer said it
    subject: str
    body: str
    folded: str
    at: datetime
    ticket: Ticket | None = None
    after: Past | None = None


@transaction.atomic
def remember(pasts: Sequence[Past]) -> list[Message]:
    """Keep what was said, in this order, and return the messages; each has its ticket.

    A conversation of the past is a resolved ticket. What is written on it later opens it again,
    or a new one that follows it, as with every ticket that was resolved when its last message
    was written. Raises Empty or TooLong, and then keeps nothing.
    """
    bodies = [checked(past.body, LONGEST_MAIL) for past in pasts]
    begun = [past for past in pasts if past.ticket is None and past.after is None]
    opened = Ticket.objects.bulk_create(_resolved(past) for past in begun)
    for past, ticket in zip(begun, opened, strict=True):
        past.ticket = ticket
    messages = Message.objects.bulk_create(
        _message(past, body) for past, body in zip(pasts, bodies, strict=True)
    )
    first = {id(past) for past in begun}
    TicketEvent.objects.bulk_create(
        _line(message, is_first=id(past) in first)
        for past, message in zip(pasts, messages, strict=True)
    )
    _touch(messages)
    return messages


def _ticket(past: Past) -> Ticket | None:
    """Return the ticket of what was said, which is that of what it answers."""
    while past.ticket is None and past.after is not None:
        past = past.after
    return past.ticket


def _resolved(past: Past) -> Ticket:
    known = past.customer.contact
    return Ticket(
        customer=known.customer if known else None,
        requester=known,
        sender_name=past.customer.shown[:200],
        sender_email=known.email if known else clean(past.customer.email)[:254],
        subject=(first_line(clean(past.subject)) or first_line(clean(past.body)))[:200],
        channel=Ticket.Channel.EMAIL,
        surface="mail",
        language=known.language if known else "en",
        state=Ticket.State.RESOLVED,
        created_at=past.at,
        last_at=past.at,
        reopens_until=past.at + REOPENS_FOR,
    )


def _message(past: Past, body: str) -> Message:
    return Message(
        ticket=_ticket(past),
        kind=Kind.REPLY if past.by_us else Kind.MESSAGE,
        contact=None if past.by_us else past.customer.contact,
        sender=(clean(past.by_us) or past.customer.shown)[:320],
        body=body,
        folded=clean(past.folded),
        written_at=past.at,
        delivered_at=past.at if past.by_us else None,
    )


def _line(message: Message, *, is_first: bool) -> TicketEvent:
    said = Verb.ANSWERED if message.kind == Kind.REPLY else Verb.WROTE
    return TicketEvent(
        ticket=message.ticket,
        verb=Verb.OPENED if is_first else said,
        contact=message.contact,
        message=message,
        at=message.written_at,
        data={"past": True},
    )


def _touch(messages: Sequence[Message]) -> None:
    """Note on each ticket what was said last."""
    last = {message.ticket_id: message for message in messages}
    for message in sorted(messages, key=lambda message: message.written_at):
        last[message.ticket_id] = message
    for message in last.values():
        ticket, at = message.ticket, message.written_at
        if at < ticket.last_at:
            continue
        ticket.last_at, ticket.last_line = at, first_line(message.body)[:200]
        fields = ["last_at", "last_line"]
        if ticket.state == Ticket.State.RESOLVED:
            ticket.reopens_until = at + REOPENS_FOR
            fields.append("reopens_until")
        ticket.save(update_fields=fields)

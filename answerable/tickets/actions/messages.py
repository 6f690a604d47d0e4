"""Writes what people say on a ticket, and whether it arrived."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.claims import bring_into_force, take_back_change
from answerable.tickets.actions.held import LONGEST, LONGEST_MAIL, checked, hold, touch
from answerable.tickets.actions.opening import Sender
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent
from answerable.tickets.text import clean

# A note that comes again so soon is the same one: its sender did not hear that it arrived.
SAME_WITHIN = timedelta(minutes=10)


class NewerMessages(Exception):
    """Somebody wrote on the ticket after the writer last looked."""

    def __init__(self, messages: Sequence[Message]) -> None:
        super().__init__(f"{len(messages)} newer")
        self.messages = messages


@transaction.atomic
def add_message(
    ticket: Ticket,
    *,
    sender: Sender,
    body: str,
    at: datetime,
    folded: str = "",
    verified: bool = True,
) -> Message:
    """Add what the customer wrote; a waiting or resolved ticket is open again.

    Raises Empty or TooLong. An unverified sender's text is kept and marked as such.
    """
    ticket = hold(ticket)
    body = checked(body, LONGEST_MAIL)
    message = ticket.messages.create(
        kind=Message.Kind.MESSAGE,
        contact=sender.contact,
        sender=sender.shown[:320],
        body=body,
        folded=clean(folded),
        verified=verified,
        written_at=at,
    )
    was_resolved = ticket.state == Ticket.State.RESOLVED
    if ticket.state != Ticket.State.REVIEW:
        ticket.state = Ticket.State.OPEN
    touch(ticket, body, at)
    events = [
        TicketEvent(
            ticket=ticket, verb=Verb.WROTE, contact=sender.contact, message=message, at=at
        )
    ]
    if was_resolved:
        events.append(
            TicketEvent(ticket=ticket, verb=Verb.REOPENED, contact=sender.contact, at=at)
        )
    record(*events)
    return message


@transaction.atomic
def answer(ticket: Ticket, *, agent: Agent, body: str, seen: int, at: datetime) -> Message:
    """Send an agent's reply; the ticket then waits for its customer.

    `seen` is the last event that the agent had on the page; raises NewerMessages when a public
    message came after it, so that of two replies at once one is stopped. The very reply that
    arrives again, because its sender did not hear of it, is the one that is there. Raises Empty
    or TooLong.
    """
    ticket = hold(ticket)
    body = checked(body, LONGEST)
    newer = newer_messages(ticket, seen)
    for one in newer:
        if (one.kind, one.agent, one.body) == (Message.Kind.REPLY, agent, body):
            return one
    if newer:
        raise NewerMessages(newer)
    message = ticket.messages.create(
        kind=Message.Kind.REPLY, agent=agent, body=body, written_at=at
    )
    ticket.state = Ticket.State.WAITING
    touch(ticket, body, at)
    ticket.drafts.filter(agent=agent, mode="reply").delete()
    record(TicketEvent(ticket=ticket, verb=Verb.ANSWERED, agent=agent, message=message, at=at))
    return message


def newer_messages(ticket: Ticket, seen: int) -> list[Message]:
    """Return the public messages that were written after an event."""
    public = Message.objects.filter(ticket=ticket, kind__in=Message.PUBLIC)
    spoken = (Verb.OPENED, Verb.WROTE, Verb.ANSWERED, Verb.NOTICED)
    fresh = public.filter(events__verb__in=spoken, events__pk__gt=seen)
    return list(fresh.select_related("agent", "contact").order_by("events__pk"))


@transaction.atomic
def add_note(ticket: Ticket, *, agent: Agent, body: str, at: datetime) -> Message:
    """Add an internal note, which no customer page, mail or stream ever carries.

    The same note that arrives again within ten minutes is the one that is there.
    """
    ticket = hold(ticket)
    body = checked(body, LONGEST)
    mine = ticket.messages.filter(kind=Message.Kind.NOTE, agent=agent, body=body)
    if before := mine.filter(written_at__gte=at - SAME_WITHIN).first():
        return before
    message = ticket.messages.create(
        kind=Message.Kind.NOTE, agent=agent, body=body, written_at=at
    )
    ticket.drafts.filter(agent=agent, mode="note").delete()
    record(TicketEvent(ticket=ticket, verb=Verb.NOTED, agent=agent, message=message, at=at))
    return message


@transaction.atomic
def mark_delivered(message: Message, *, at: datetime) -> None:
    """Record that the outgoing server accepted a message, at that instant, once.

    This is when a reply counts for its promise, and when a changed claim takes effect: the
    reason reaches the customer first.
    """
    ticket = hold(message.ticket)
    if not Message.objects.filter(pk=message.pk, delivered_at=None).update(delivered_at=at):
        return
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.DELIVERED, agent=message.agent, message=message, at=at
        )
    )
    bring_into_force(ticket, message, at=at)


@transaction.atomic
def mark_undelivered(message: Message, *, why: str, at: datetime) -> None:
    """Record that a message did not reach the customer, and why; the ticket is open again.

    So is a claim whose change it was to explain.
    """
    ticket = hold(message.ticket)
    take_back_change(message)
    if ticket.state == Ticket.State.WAITING:
        ticket.state = Ticket.State.OPEN
        ticket.save(update_fields=["state"])
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.UNDELIVERED,
            agent=message.agent,
            message=message,
            at=at,
            data={"why": why[:500]},
        )
    )

"""Writes what people say on a ticket, and whether it arrived."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.tickets.actions.claims import bring_into_force, take_back_change
from answerable.tickets.actions.grace import has_left, leave, tell_writer
from answerable.tickets.actions.held import (
    LONGEST,
    LONGEST_MAIL,
    checked,
    hold,
    hold_survivor,
    touch,
)
from answerable.tickets.actions.holds import ended_hold
from answerable.tickets.actions.opening import Opening, Sender, open_ticket
from answerable.tickets.actions.severity import bring_change_into_force
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent
from answerable.tickets.text import clean


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
    """Add what the customer wrote; a ticket that waits, is held or is resolved is open again.

    On a merged ticket it is said where that goes on. After the time for which a resolved ticket
    is opened again it opens a new one that follows it (domain.md E59): the message that is
    returned has its ticket. Raises Empty or TooLong. What is not verified is marked as such.
    """
    ticket = hold_survivor(ticket)
    body = checked(body, LONGEST_MAIL)
    if ticket.state == Ticket.State.RESOLVED and ticket.is_over(at):
        return _continued(ticket, sender, body, clean(folded), at)
    message = ticket.messages.create(
        kind=Message.Kind.MESSAGE,
        contact=sender.contact,
        sender=sender.shown[:320],
        body=body,
        folded=clean(folded),
        verified=verified and not sender.doubt,
        doubt=sender.doubt,
        written_at=at,
    )
    before = ticket.state
    ended = ended_hold(ticket, None, at) if before == Ticket.State.HELD else []
    if before != Ticket.State.REVIEW:
        ticket.state = Ticket.State.OPEN
    touch(ticket, body, at)
    wrote = TicketEvent(
        ticket=ticket, verb=Verb.WROTE, contact=sender.contact, message=message, at=at
    )
    reopened = TicketEvent(ticket=ticket, verb=Verb.REOPENED, contact=sender.contact, at=at)
    record(*ended, wrote, *([reopened] if before == Ticket.State.RESOLVED else []))
    return message


def _continued(ticket: Ticket, sender: Sender, body: str, folded: str, at: datetime) -> Message:
    """Open the ticket that follows one whose conversation is over."""
    opening = Opening(
        sender=sender,
        body=body,
        folded=folded,
        channel=sender.channel,
        subject=ticket.subject,
        surface="web" if sender.channel == Ticket.Channel.FORM else "mail",
        language=ticket.language,
        product=ticket.product if sender.contact else "",
        environment=ticket.environment if sender.contact else "",
        follows=ticket,
    )
    new = open_ticket(opening, at=at)
    data = {"to": new.pk}
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.CONTINUED, contact=sender.contact, at=at, data=data
        )
    )
    return new.messages.get()


class Sort(StrEnum):
    """What sort of reply it is, for plans and reports that tell them apart."""

    PLAIN = ""
    HOLDING = "holding"  # "we are looking into it" (domain.md E2)
    BULK = "bulk"  # one of many about the same incident (E10)


def _at_once(ticket: Ticket, at: datetime) -> timedelta:
    return timedelta(0)


@dataclass(frozen=True, slots=True)
class Answer:
    """What an agent sends, and the last event that they had on the page.

    `grace` says, while the ticket is held, for how long the reply may be taken back; `data` is
    kept in the log: to whom it goes (`to`, `cc`), and what its writer staged for then.
    """

    agent: Agent
    body: str
    seen: int
    sort: Sort = Sort.PLAIN
    grace: Callable[[Ticket, datetime], timedelta] = _at_once
    data: Mapping[str, object] = field(default_factory=dict)


def answer(
    ticket: Ticket,
    *,
    agent: Agent,
    body: str,
    seen: int,
    at: datetime,
    sort: Sort = Sort.PLAIN,
) -> Message:
    """Send an agent's reply at once; the ticket then waits for its customer, or stays on hold.

    Raises as `send` does.
    """
    return send(ticket, Answer(agent, body, seen, sort), at=at)


@transaction.atomic
def send(ticket: Ticket, said: Answer, *, at: datetime) -> Message:
    """Send an agent's reply, at once or after a time in which its writer can take it back.

    Raises NewerMessages when a public message came after what the writer had seen, so that of
    two replies at once one is stopped. The very reply that arrives again, because its sender
    did not hear of it, is the one that is there. Raises Empty or TooLong.
    """
    ticket = hold(ticket)
    body = checked(said.body, LONGEST)
    there = _there_already(ticket, said.seen, said.agent, body)
    if there:
        return there
    grace = said.grace(ticket, at)
    message = ticket.messages.create(
        kind=Message.Kind.REPLY,
        agent=said.agent,
        body=body,
        written_at=at,
        leaves_at=at + grace if grace else None,
    )
    if grace:
        tell_writer(message)
    else:
        has_left(ticket, body, at)
    ticket.drafts.filter(agent=said.agent, mode="reply").delete()
    data = {**said.data, "assignee": ticket.assignee_id, "sort": said.sort.value}
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.ANSWERED,
            agent=said.agent,
            message=message,
            at=at,
            data={key: value for key, value in data.items() if value},
        )
    )
    return message


def _there_already(ticket: Ticket, seen: int, agent: Agent, body: str) -> Message | None:
    """Return this very reply where it was written before. Raises NewerMessages."""
    newer = newer_messages(ticket, seen)
    for one in newer:
        if (one.kind, one.agent, one.body) == (Message.Kind.REPLY, agent, body):
            return one
    if newer:
        raise NewerMessages(newer)
    return None


def newer_messages(ticket: Ticket, seen: int) -> list[Message]:
    """Return the public messages that were written after an event."""
    public = Message.objects.filter(ticket=ticket, kind__in=Message.PUBLIC)
    spoken = (Verb.OPENED, Verb.WROTE, Verb.ANSWERED, Verb.NOTICED)
    fresh = public.filter(events__verb__in=spoken, events__pk__gt=seen)
    return list(fresh.select_related("agent", "contact").order_by("events__pk"))


@transaction.atomic
def mark_delivered(message: Message, *, at: datetime) -> None:
    """Record that the outgoing server accepted a message, at that instant, once.

    This is when a reply counts for its promise, and when a changed claim takes effect: the
    reason reaches the customer first.
    """
    leave(message, at=at)
    ticket = hold(message.ticket)
    if not Message.objects.filter(pk=message.pk, delivered_at=None).update(delivered_at=at):
        return
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.DELIVERED, agent=message.agent, message=message, at=at
        )
    )
    if message.kind == Message.Kind.NOTICE:
        bring_into_force(ticket, message, at=at)
        bring_change_into_force(ticket, message, at=at)


@transaction.atomic
def mark_delayed(message: Message, *, why: str, at: datetime) -> None:
    """Note once that a message has not reached the customer yet; nothing is taken back."""
    ticket = hold(message.ticket)
    if message.events.filter(verb=Verb.DELAYED).exists():
        return
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.DELAYED,
            agent=message.agent,
            message=message,
            at=at,
            data={"why": why[:500]},
        )
    )


@transaction.atomic
def mark_undelivered(message: Message, *, why: str, to: str = "", at: datetime) -> None:
    """Record once that a message did not reach the customer, and why; the ticket is open again.

    So is a claim whose change it was to explain. `to` is the address that it did not reach.
    """
    leave(message, at=at)
    ticket = hold(message.ticket)
    if message.events.filter(verb=Verb.UNDELIVERED).exists():
        return
    if message.kind == Message.Kind.NOTICE:
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
            data={"why": why[:500], "to": to} if to else {"why": why[:500]},
        )
    )

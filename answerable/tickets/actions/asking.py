"""What a customer may ask for beside an answer, and what an agent may say of their words."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import (
    LONGEST,
    ReasonMissing,
    check_customer,
    checked,
    hold,
)
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, Ticket, TicketEvent
from answerable.tickets.text import clean

LOOKS = (Verb.ANOTHER_LOOK_ASKED, Verb.ANOTHER_LOOK_ANSWERED)


class NothingToAnswer(Exception):
    """The customer did not write last."""


@transaction.atomic
def ask_for_another_look(
    ticket: Ticket, *, contact: Contact, reason: str, at: datetime
) -> None:
    """Record that a customer asks for a lead to look at a ticket (domain.md E96).

    A lead's reply answers it. Who asks again before that has asked already. Raises Empty,
    TooLong or OtherCustomer.
    """
    ticket = hold(ticket)
    check_customer(ticket, contact)
    if is_look_open(ticket):
        return
    data = {"reason": checked(reason, LONGEST)}
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.ANOTHER_LOOK_ASKED, contact=contact, at=at, data=data
        )
    )


@transaction.atomic
def answer_another_look(
    ticket: Ticket, *, agent: Agent, before: str, message: Message, at: datetime
) -> None:
    """Record a lead's answer to a customer who asked for another look: the reply that says it,
    and the severity before and after. Raises NothingToAnswer when nobody asks."""
    ticket = hold(ticket)
    if not is_look_open(ticket):
        raise NothingToAnswer
    data = {"from": before, "to": ticket.severity}
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.ANOTHER_LOOK_ANSWERED,
            agent=agent,
            message=message,
            at=at,
            data=data,
        )
    )


def is_look_open(ticket: Ticket) -> bool:
    """Say whether a customer asked for another look that no lead has answered."""
    looks = TicketEvent.objects.filter(ticket=ticket, verb__in=LOOKS)
    last = looks.order_by("-pk").first()
    return last is not None and last.verb == Verb.ANOTHER_LOOK_ASKED


@transaction.atomic
def hand_over(
    ticket: Ticket, *, to: Contact, agent: Agent, at: datetime, reason: str = ""
) -> Ticket:
    """Make a colleague the requester of a ticket: the one before has left, or asks for it
    (domain.md E23). Clocks that run stand. Raises OtherCustomer."""
    ticket = hold(ticket)
    check_customer(ticket, to)
    before = ticket.requester
    ticket.requester, ticket.sender_name, ticket.sender_email = to, to.name, to.email
    ticket.save(update_fields=["requester", "sender_name", "sender_email"])
    data = {"from": before.name if before else "", "to": to.name}
    if reason:
        data["reason"] = reason
    record(TicketEvent(ticket=ticket, verb=Verb.HANDED_OVER, agent=agent, at=at, data=data))
    return ticket


@transaction.atomic
def dismiss(ticket: Ticket, *, agent: Agent, reason: str, at: datetime) -> None:
    """Say that what the customer wrote last needs no answer, such as "thanks" (domain.md E54).

    The ticket waits for its customer again. Raises ReasonMissing, or NothingToAnswer when the
    customer did not write last.
    """
    ticket = hold(ticket)
    reason = clean(reason).strip()[:500]
    if not reason:
        raise ReasonMissing
    public = ticket.messages.filter(kind__in=Message.PUBLIC).order_by("-pk")
    last = public.first()
    if last is None or last.kind != Message.Kind.MESSAGE:
        raise NothingToAnswer
    if ticket.state == Ticket.State.OPEN:
        ticket.state = Ticket.State.WAITING
        ticket.save(update_fields=["state"])
    data = {"reason": reason}
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.DISMISSED, agent=agent, message=last, at=at, data=data
        )
    )


@transaction.atomic
def give_workaround(message: Message, *, agent: Agent, at: datetime) -> None:
    """Say that a reply carries a workaround; it counts from when the reply arrived."""
    ticket = hold(message.ticket)
    reply = Message.objects.get(pk=message.pk)  # It may have arrived meanwhile.
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.WORKAROUND_GIVEN, agent=agent, message=reply, at=at
        )
    )

"""Who works on a ticket, and whether it is done."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import ReasonMissing, hold
from answerable.tickets.actions.holds import back, ended_hold
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Callback, Ticket, TicketEvent

# For how long a resolved ticket is opened again where no plan says otherwise.
REOPENS_FOR = timedelta(days=14)


class TakenByOther(Exception):
    """Somebody else has this ticket."""

    def __init__(self, agent: Agent) -> None:
        super().__init__(agent.name)
        self.agent = agent


@transaction.atomic
def take(ticket: Ticket, *, agent: Agent, at: datetime) -> Ticket:
    """Take a ticket that is nobody's; the first one wins. Raises TakenByOther."""
    ticket = hold(ticket)
    if ticket.assignee and ticket.assignee != agent:
        raise TakenByOther(ticket.assignee)
    if ticket.assignee is None:
        _give(ticket, agent)
        record(TicketEvent(ticket=ticket, verb=Verb.TAKEN, agent=agent, at=at))
    return ticket


@transaction.atomic
def assign(ticket: Ticket, *, to: Agent | None, agent: Agent | None, at: datetime) -> Ticket:
    """Give a ticket to somebody, whoever has it; to nobody puts it back in the queue."""
    ticket = hold(ticket)
    before = ticket.assignee
    _give(ticket, to)
    data = {
        "to": to.name if to else "",
        "to_id": to.pk if to else None,
        "from": before.name if before else "",
    }
    record(TicketEvent(ticket=ticket, verb=Verb.ASSIGNED, agent=agent, at=at, data=data))
    return ticket


@transaction.atomic
def give_back(ticket: Ticket, *, agent: Agent, at: datetime) -> Ticket:
    """Put a ticket back in the queue whose agent is lost; one that is not theirs stays so."""
    ticket = hold(ticket)
    if ticket.assignee_id == agent.pk:
        _give(ticket, None)
        data = {"from": agent.name, "from_id": agent.pk}
        record(TicketEvent(ticket=ticket, verb=Verb.GIVEN_BACK, at=at, data=data))
    return ticket


@transaction.atomic
def admit(ticket: Ticket, *, contact: Contact | None, agent: Agent, at: datetime) -> Ticket:
    """Let a stranger's ticket into the queue, as a known contact's if one is named."""
    ticket = hold(ticket)
    if ticket.state != Ticket.State.REVIEW:
        return ticket
    ticket.state = Ticket.State.OPEN
    if contact:
        ticket.requester, ticket.customer = contact, contact.customer
    ticket.save(update_fields=["state", "requester", "customer"])
    data = {"as": contact.name if contact else ""}
    record(TicketEvent(ticket=ticket, verb=Verb.ADMITTED, agent=agent, at=at, data=data))
    return ticket


@transaction.atomic
def resolve(
    ticket: Ticket, *, agent: Agent | None, contact: Contact | None, reason: str, at: datetime
) -> Ticket:
    """Say that a ticket is done. An agent who never replied must give a reason.

    Raises ReasonMissing. A clock that runs is not stopped by this (domain.md E4).
    """
    ticket = hold(ticket)
    if ticket.state == Ticket.State.RESOLVED:
        return ticket
    if agent and not reason.strip() and not ticket.messages.filter(kind="reply").exists():
        raise ReasonMissing
    ended = ended_hold(ticket, agent, at) if ticket.state == Ticket.State.HELD else []
    ticket.state, ticket.reopens_until = Ticket.State.RESOLVED, at + REOPENS_FOR
    ticket.save(update_fields=["state", "reopens_until"])
    waiting = Callback.objects.waiting().filter(ticket=ticket)
    waiting.update(outcome=Callback.Outcome.CLOSED, ended_at=at)
    data = {"reason": reason.strip()[:500]}
    resolved = TicketEvent(
        ticket=ticket, verb=Verb.RESOLVED, agent=agent, contact=contact, at=at, data=data
    )
    record(*ended, resolved)
    return ticket


def keep_reopenable(ticket: Ticket, *, until: datetime) -> None:
    """Note until when a resolved ticket is opened again, as its plan says (domain.md E59)."""
    Ticket.objects.filter(pk=ticket.pk).update(reopens_until=until)


@transaction.atomic
def reopen(
    ticket: Ticket,
    *,
    agent: Agent | None,
    contact: Contact | None,
    at: datetime,
    to: Ticket.State = Ticket.State.OPEN,
) -> Ticket:
    """Open a resolved ticket again; when resolving is taken back it may be `to` wait again."""
    ticket = hold(ticket)
    if ticket.state != Ticket.State.RESOLVED:
        return ticket
    ticket.state = to
    ticket.save(update_fields=["state"])
    opened = TicketEvent(
        ticket=ticket, verb=Verb.REOPENED, agent=agent, contact=contact, at=at, data=back(to)
    )
    record(opened)
    return ticket


def _give(ticket: Ticket, agent: Agent | None) -> None:
    ticket.assignee = agent
    ticket.save(update_fields=["assignee"])

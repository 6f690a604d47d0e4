"""Changes how serious a ticket is. Whether somebody may, the plan says: sla.actions asks it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import LONGEST, checked, hold, touch
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Message, SeverityChange, Ticket, TicketEvent


@transaction.atomic
def set_severity(
    ticket: Ticket,
    severity: str,
    *,
    by: Agent | Contact,
    reason: str,
    at: datetime,
    told_first: bool = False,
) -> SeverityChange:
    """Set the severity of a ticket; an agent's reason goes to the customer as a notice.

    It is in force at once, or once the outgoing server has accepted the notice when the
    customer is to be `told_first`. The same severity again is set too: a promise may wait for
    that. Raises Empty or TooLong for a reason to tell first that says nothing.
    """
    ticket = hold(ticket)
    agent, contact = (by, None) if isinstance(by, Agent) else (None, by)
    told_first = told_first and agent is not None and severity != ticket.severity
    body = checked(reason, LONGEST) if told_first or reason.strip() else ""
    change = SeverityChange(
        ticket=ticket,
        before=ticket.severity,
        after=severity,
        reason=body,
        agent=agent,
        contact=contact,
        made_at=at,
    )
    notices = _notice(change, body) if agent and body else []
    change.save()
    if not told_first:
        _put_in_force(ticket, change, at=at)
    data = {"to": severity, "from": change.before, "waits": told_first}
    done = TicketEvent(ticket=ticket, verb=Verb.SEVERITY_SET, agent=agent, at=at, data=data)
    record(*notices, *([done] if agent else []))
    return change


def bring_change_into_force(ticket: Ticket, notice: Message, *, at: datetime) -> None:
    """Put the change of a held ticket's severity in force whose reason this notice, now
    accepted, carried."""
    change = SeverityChange.objects.filter(notice=notice, in_force_at=None).first()
    if change:
        _put_in_force(ticket, change, at=at)


def _put_in_force(ticket: Ticket, change: SeverityChange, *, at: datetime) -> None:
    change.in_force_at = at
    change.save(update_fields=["in_force_at"])
    if ticket.severity == change.after:
        return
    ticket.severity = change.after
    ticket.save(update_fields=["severity"])
    record(
        TicketEvent(
            ticket=ticket,
            verb=Verb.SEVERITY_CHANGED,
            agent=change.agent,
            contact=change.contact,
            at=at,
            data={"from": change.before, "to": change.after, "told": bool(change.reason)},
        )
    )


def _notice(change: SeverityChange, body: str) -> list[TicketEvent]:
    ticket, agent, at = change.ticket, change.agent, change.made_at
    change.notice = ticket.messages.create(
        kind=Message.Kind.NOTICE, agent=agent, body=body, written_at=at
    )
    touch(ticket, body, at)
    return [
        TicketEvent(ticket=ticket, verb=Verb.NOTICED, agent=agent, message=change.notice, at=at)
    ]

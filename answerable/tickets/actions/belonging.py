"""Says whose a ticket is: another person's of its customer, or another customer's.

Whoever read it before has read it: what was mailed stays with them, and the log says whose it
was. From then on it is shown to the people of the customer whose it is, and to no others.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.live.events import Changed, publish
from answerable.tickets.actions.asking import hand_over
from answerable.tickets.actions.held import ReasonMissing, hold, pages_of
from answerable.tickets.events import Verb, record
from answerable.tickets.models import Callback, Draft, Merge, Ticket, TicketEvent
from answerable.tickets.text import clean

LONGEST_REASON = 500
# What is chosen beside a draft and names people of the customer before.
NAMES_PEOPLE = ("to", "cc")
# Why whose a ticket is cannot be changed now: the desk has a sentence for each.
REVIEW, MERGED, CALL, LEAVING, PREPARED, LEFT, SAME = (
    "review",
    "merged",
    "call",
    "leaving",
    "prepared",
    "left",
    "same",
)


class CannotChange(Exception):
    """Whose a ticket is stays as it is for now; the text is one of the reasons above."""


@transaction.atomic
def change_person(
    ticket: Ticket, to: Contact, *, severity: str, reason: str, agent: Agent, at: datetime
) -> Ticket:
    """Make a ticket another person's, of its customer or of another one.

    Of its customer: clocks that run stand (domain.md E23). Of another: what is promised is
    decided anew (sla), at the severity that the ticket has there. Raises ReasonMissing or
    CannotChange.
    """
    ticket = hold(ticket)
    reason = clean(reason).strip()[:LONGEST_REASON]
    if not reason:
        raise ReasonMissing
    check_changeable(ticket, to)
    _leave_no_copies(ticket, [to.email])
    if to.customer_id == ticket.customer_id:
        return hand_over(ticket, to=to, reason=reason, agent=agent, at=at)
    return belong(ticket, to, severity=severity, reason=reason, agent=agent, at=at)


@transaction.atomic
def belong(
    ticket: Ticket,
    to: Contact | None,
    *,
    severity: str,
    reason: str,
    agent: Agent,
    at: datetime,
) -> Ticket:
    """Make a ticket another customer's, or nobody's again; nothing is asked.

    Its people of before get no copies and are asked to confirm nothing any more, and no draft
    is meant for them.
    """
    ticket = hold(ticket)
    was, was_nobodys = _named(ticket), ticket.customer_id is None
    pages = [f"requests-{ticket.requester_id}", f"customer-{ticket.customer_id}"]
    ticket.requester, ticket.customer = to, to.customer if to else None
    ticket.severity = severity
    if to:
        ticket.sender_name, ticket.sender_email = to.name, to.email
    ticket.save(
        update_fields=["requester", "customer", "severity", "sender_name", "sender_email"]
    )
    _part_from_people(ticket, was_nobodys=was_nobodys)
    data = {"from": was, "to": _named(ticket), "reason": reason}
    event = TicketEvent(
        ticket=ticket, verb=Verb.CUSTOMER_CHANGED, agent=agent, at=at, data=data
    )
    record(event)
    publish(*(Changed(page) for page in [*pages, *pages_of(ticket)]))
    return ticket


def check_changeable(ticket: Ticket, to: Contact) -> None:
    """Raise CannotChange where whose a ticket is cannot be changed to this person now."""
    troubles = {
        REVIEW: ticket.state == Ticket.State.REVIEW,
        SAME: ticket.requester_id == to.pk,
        LEFT: to.left_at is not None,
        MERGED: ticket.merged_into_id is not None
        or Merge.objects.filter(kept=ticket, undone_at=None).exists(),
        CALL: Callback.objects.waiting().filter(ticket=ticket).exists(),
        LEAVING: ticket.messages.filter(leaves_at__isnull=False).exists(),
        PREPARED: ticket.prepared.waiting().exists(),
    }
    for reason, is_so in troubles.items():
        if is_so:
            raise CannotChange(reason)


def _leave_no_copies(ticket: Ticket, addresses: Iterable[str]) -> None:
    """Let nobody be in copy of what is their own ticket."""
    theirs = ticket.participants.filter(address__in=[one.lower() for one in addresses])
    theirs.update(is_kept=False, sees=False)


def _part_from_people(ticket: Ticket, *, was_nobodys: bool) -> None:
    """End the copies of its people of before. With a customer go those of no customer, too,
    whom that one brought along; a stranger's stay with the ticket."""
    others = ticket.participants.exclude(contact__customer=ticket.customer_id)
    if was_nobodys:
        others = others.exclude(contact=None)
    others.update(is_kept=False, sees=False, contact=None)
    ticket.endorsements.filter(outcome="").delete()
    for draft in ticket.drafts.filter(mode=Draft.Mode.REPLY):
        kept = {key: said for key, said in draft.data.items() if key not in NAMES_PEOPLE}
        if kept != draft.data:
            draft.data = kept
            draft.save(update_fields=["data"])


def _named(ticket: Ticket) -> dict[str, object]:
    """Return whose a ticket is, as the log keeps it."""
    requester, customer = ticket.requester, ticket.customer
    return {
        "contact": requester.pk if requester else None,
        "name": requester.name if requester else ticket.sender_name,
        "customer": customer.pk if customer else None,
        "account": customer.name if customer else "",
    }

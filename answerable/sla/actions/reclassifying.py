"""Asks the plan whether a severity may be changed, and by whom, before it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.entitlements.core.clauses import Reclassification
from answerable.sla.judging import pinned_by
from answerable.tickets import actions as tickets
from answerable.tickets.actions import ReasonMissing
from answerable.tickets.actions.held import hold
from answerable.tickets.models import SeverityChange, Ticket


class NotAllowed(Exception):
    """The plan does not let this person change the severity in this way, or now."""


@transaction.atomic
def reclassify(
    ticket: Ticket, severity: str, *, by: Agent | Contact, reason: str, at: datetime
) -> SeverityChange:
    """Set the severity of a ticket as the plan that it pins allows (domain.md c.5).

    An agent's reason goes to the customer. A milder severity holds once they were told (E39), a
    worse one at once. Raises NotAllowed, ReasonMissing or TooLong.
    """
    ticket = hold(ticket)
    pinned = pinned_by(ticket.pk)
    terms = pinned.terms if pinned else None
    if terms and terms.severities and severity not in terms.severities:
        raise NotAllowed
    policy = terms.reclassification if terms else Reclassification()
    ranks = (terms.rank(ticket.severity), terms.rank(severity)) if terms else (0, 0)
    down = ranks[1] > ranks[0]
    if isinstance(by, Agent):
        _check_agent(policy, reason, ranks)
    elif not _may_customer(policy, ticket):
        raise NotAllowed
    return tickets.set_severity(
        ticket, severity, by=by, reason=reason, at=at, told_first=down and bool(reason.strip())
    )


def _check_agent(policy: Reclassification, reason: str, ranks: tuple[int, int]) -> None:
    before, after = ranks
    direction = "down" if after > before else "up"
    if before != after and policy.vendor_may not in {"both", direction}:
        raise NotAllowed
    if before != after and policy.needs_reason and not reason.strip():
        raise ReasonMissing


def _may_customer(policy: Reclassification, ticket: Ticket) -> bool:
    if policy.customer_until == "assigned":
        return ticket.assignee_id is None
    return policy.customer_until == "always"

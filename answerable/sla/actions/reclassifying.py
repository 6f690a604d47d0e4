"""Asks the plan whether a severity may be changed, and by whom, before it is."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.entitlements.core.clauses import Reclassification
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import (
    capped,
    opening_severity,
    severities_open,
)
from answerable.sla.judging import pinned_by
from answerable.tickets import actions as tickets
from answerable.tickets.actions import About, ReasonMissing, Said
from answerable.tickets.actions.held import hold
from answerable.tickets.models import Claim, Rating, SeverityChange, Ticket


class NotAllowed(Exception):
    """The plan does not let this person change the severity in this way, or now."""


@transaction.atomic
def reclassify(
    ticket: Ticket,
    severity: str,
    *,
    by: Agent | Contact,
    reason: str,
    at: datetime,
    answers: tuple[tuple[str, str], ...] = (),
) -> SeverityChange:
    """Set the severity of a ticket as the plan that it pins allows (domain.md c.5).

    An agent's reason goes to the customer. A milder severity holds once they were told (E39), a
    worse one at once; what is about another environment cannot have one that is for production
    only (E47). `answers` is what a customer says to what the plan asks for with it. An open
    claim is decided on, and not changed. Raises NotAllowed, ReasonMissing or TooLong.
    """
    ticket = hold(ticket)
    terms = terms_held(ticket)
    if terms and severity not in severities_open(terms, ticket.environment):
        raise NotAllowed
    if Claim.objects.filter(ticket=ticket, outcome="").exists():
        raise NotAllowed
    policy = terms.reclassification if terms else Reclassification()
    ranks = (terms.rank(ticket.severity), terms.rank(severity)) if terms else (0, 0)
    down = ranks[1] > ranks[0]
    if isinstance(by, Agent):
        _check_agent(policy, reason, ranks, agrees=said_of(ticket) == severity)
    elif not may_customer(policy, ticket):
        raise NotAllowed
    else:
        tickets.rate(ticket, Said(severity=severity, answers=answers), by=by, at=at)
    return tickets.set_severity(
        ticket, severity, by=by, reason=reason, at=at, told_first=down and bool(reason.strip())
    )


def terms_held(ticket: Ticket) -> Terms | None:
    """Return the terms that a ticket pins, or None where it has none."""
    pinned = pinned_by(ticket.pk)
    return pinned.terms if pinned else None


@transaction.atomic
def correct_facts(
    ticket: Ticket, about: About, *, reason: str, agent: Agent, at: datetime
) -> Ticket:
    """Correct what a ticket is about, and decide anew what it is promised (E29, E47).

    As long as nobody set the severity, it is the one that follows from what the requester said;
    one that somebody set stays, unless what the ticket is about cannot have it.
    """
    ticket = hold(ticket)
    terms, severity = terms_held(ticket), ticket.severity
    if terms:
        said = said_of(ticket)
        is_set = SeverityChange.objects.filter(ticket=ticket).exists()
        severity = (
            opening_severity(terms, said, about.environment)
            if said and not is_set
            else capped(terms, severity, about.environment)
        )
    return tickets.correct_facts(
        ticket, about, severity=severity, reason=reason, agent=agent, at=at
    )


def said_of(ticket: Ticket) -> str:
    """Return which severity its requester said that a ticket has, or nothing."""
    return Rating.objects.filter(ticket=ticket).values_list("severity", flat=True).first() or ""


def _check_agent(
    policy: Reclassification, reason: str, ranks: tuple[int, int], *, agrees: bool
) -> None:
    """Check what an agent may do; who only agrees with the customer needs no reason."""
    before, after = ranks
    direction = "down" if after > before else "up"
    if before != after and policy.vendor_may not in {"both", direction}:
        raise NotAllowed
    if before != after and not agrees and policy.needs_reason and not reason.strip():
        raise ReasonMissing


def may_customer(policy: Reclassification, ticket: Ticket) -> bool:
    """Say whether the customer may change the severity of a ticket themselves, now (E42)."""
    if policy.customer_until == "assigned":
        return ticket.assignee_id is None
    return policy.customer_until == "always"

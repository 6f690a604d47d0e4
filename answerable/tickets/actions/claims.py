"""Decides on claims: is a ticket business-critical, as its requester says?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction

from answerable.accounts.models import Agent, Contact
from answerable.tickets.actions.held import LONGEST, checked, hold, touch
from answerable.tickets.events import Verb, record
from answerable.tickets.models import CRITICAL, STANDARD, Claim, Message, Ticket, TicketEvent
from answerable.tickets.text import clean


class AlreadyDecided(Exception):
    """Somebody decided on this claim before."""


class ClaimMade(Exception):
    """A ticket was claimed before, or is resolved: there is nothing more to claim."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Impact:
    """What the requester says is blocked: a choice of the rubric, and words for "other"."""

    key: str
    says: str
    words: str = ""


def keep_claim(ticket: Ticket, impact: Impact, *, at: datetime) -> Claim:
    """Keep what a requester says is blocked. Held by the caller's ticket."""
    return Claim.objects.create(
        ticket=ticket,
        impact=clean(impact.key)[:40],
        impact_says=clean(impact.says)[:200],
        words=clean(impact.words)[:LONGEST],
        made_at=at,
    )


@transaction.atomic
def make_claim(ticket: Ticket, impact: Impact, *, contact: Contact, at: datetime) -> Claim:
    """Let a customer say of a ticket that there is that it has become business-critical (E41).

    The promise of that holds at once, until an agent decides. Raises ClaimMade.
    """
    ticket = hold(ticket)
    is_over = ticket.state in {Ticket.State.RESOLVED, Ticket.State.REVIEW}
    if is_over or Claim.objects.filter(ticket=ticket).exists():
        raise ClaimMade
    claim = keep_claim(ticket, impact, at=at)
    before, ticket.severity = ticket.severity, CRITICAL
    ticket.save(update_fields=["severity"])
    facts = {"ticket": ticket, "contact": contact, "at": at}
    says = {"impact": claim.impact_says, "words": claim.words}
    moved = {"from": before, "to": CRITICAL, "claim": True}
    record(
        TicketEvent(verb=Verb.CLAIM_MADE, data=says, **facts),
        TicketEvent(verb=Verb.SEVERITY_CHANGED, data=moved, **facts),
    )
    return claim


@transaction.atomic
def weigh_claim(
    ticket: Ticket, known: Mapping[str, Any], *, agent: Agent, at: datetime
) -> None:
    """Keep what was known of a claim when an agent decides on it, so that it can be proved
    later. Called in the transaction of the decision. Raises AlreadyDecided."""
    ticket = hold(ticket)
    _undecided(ticket)
    record(
        TicketEvent(
            ticket=ticket, verb=Verb.CLAIM_WEIGHED, agent=agent, at=at, data=dict(known)
        )
    )


@transaction.atomic
def confirm_claim(ticket: Ticket, *, agent: Agent, at: datetime) -> Claim:
    """Agree that a ticket is business-critical. Raises AlreadyDecided."""
    ticket = hold(ticket)
    claim = _undecided(ticket)
    claim.outcome = Claim.Outcome.CONFIRMED
    claim.decided_at = claim.in_force_at = at
    claim.decided_by = agent
    claim.save(update_fields=["outcome", "decided_at", "in_force_at", "decided_by"])
    record(TicketEvent(ticket=ticket, verb=Verb.CLAIM_CONFIRMED, agent=agent, at=at))
    return claim


@transaction.atomic
def change_claim(  # A change is all these facts.
    ticket: Ticket, *, agent: Agent, reason: str, reason_says: str, words: str, at: datetime
) -> Claim:
    """Decide that a ticket is standard, with a reason from the rubric and a sentence.

    The sentence goes to the customer as a notice. The change is in force once the outgoing
    server has accepted it (domain.md E39); until then the claimed promise runs on. Raises
    AlreadyDecided, Empty or TooLong.
    """
    ticket = hold(ticket)
    claim = _undecided(ticket)
    body = checked(words, LONGEST)
    claim.notice = ticket.messages.create(
        kind=Message.Kind.NOTICE, agent=agent, body=body, written_at=at
    )
    claim.outcome = Claim.Outcome.CHANGED
    claim.decided_at, claim.decided_by = at, agent
    claim.reason, claim.reason_says = clean(reason)[:40], clean(reason_says)[:200]
    claim.save()
    touch(ticket, body, at)
    record(
        TicketEvent(ticket=ticket, verb=Verb.CLAIM_CHANGED, agent=agent, at=at),
        TicketEvent(ticket=ticket, verb=Verb.NOTICED, agent=agent, message=claim.notice, at=at),
    )
    return claim


def uphold_claim(ticket: Ticket, *, agent: Agent, at: datetime) -> None:
    """Confirm a claim that was changed, after another look at it. Held by the caller's ticket.

    The log keeps what was decided first.
    """
    changed = Claim.objects.filter(ticket=ticket, outcome=Claim.Outcome.CHANGED)
    changed.update(
        outcome=Claim.Outcome.CONFIRMED,
        decided_at=at,
        decided_by=agent,
        reason="",
        reason_says="",
        in_force_at=at,
    )


def bring_into_force(ticket: Ticket, notice: Message, *, at: datetime) -> None:
    """Make a held ticket standard if this notice, now accepted, carried the change's reason."""
    claim = Claim.objects.filter(notice=notice, in_force_at=None).first()
    if claim:
        claim.in_force_at = at
        claim.save(update_fields=["in_force_at"])
        _set_severity(ticket, STANDARD, agent=claim.decided_by, at=at)


def take_back_change(notice: Message) -> None:
    """Leave a claim to be decided anew when the reason for its change could not be delivered.

    Held by the caller's ticket. The log keeps what was decided; the claimed promise runs on.
    """
    Claim.objects.filter(notice=notice, in_force_at=None).update(
        outcome="", decided_at=None, decided_by=None, reason="", reason_says="", notice=None
    )


def _undecided(ticket: Ticket) -> Claim:
    claim = Claim.objects.filter(ticket=ticket).first()
    if claim is None or not claim.is_open:
        raise AlreadyDecided
    return claim


def _set_severity(ticket: Ticket, severity: str, *, agent: Agent | None, at: datetime) -> None:
    before, ticket.severity = ticket.severity, severity
    ticket.save(update_fields=["severity"])
    data = {"from": before, "to": severity}
    record(
        TicketEvent(ticket=ticket, verb=Verb.SEVERITY_CHANGED, agent=agent, at=at, data=data)
    )

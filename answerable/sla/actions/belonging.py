"""Decides anew what a ticket is promised when it turns out to be another customer's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from answerable.accounts.models import Agent, Contact
from answerable.entitlements.core.eligibility import Facts, Verdict, decide, in_force
from answerable.entitlements.core.severities import capped
from answerable.entitlements.queries import facts_about
from answerable.sla.actions.books import Book
from answerable.sla.actions.correcting import (
    LATER,
    UNMOVED,
    correct_book,
    newly_promised,
)
from answerable.sla.actions.promising import decision_of
from answerable.sla.actions.retargeting import may_move
from answerable.sla.actions.starting import Start
from answerable.sla.core.ledger import Entry, Verb
from answerable.sla.facts import facts_as_json
from answerable.sla.judging import ask_of, decision_behind, pinned_by, row_of, was_admitted
from answerable.sla.models import Decision
from answerable.tickets.actions.belonging import change_person
from answerable.tickets.models import CRITICAL, STANDARD, Ticket, TicketEvent


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the person whose a ticket is now, and whether nobody knew who asked."""

    facts: Facts
    is_admitted: bool


def change_customer(
    ticket: Ticket, to: Contact, *, reason: str, agent: Agent, at: datetime
) -> Ticket:
    """Make a ticket another person's, of whichever customer, and decide what that promises.

    It keeps its severity where their plan has it; else it gets the plan's default. Raises
    ReasonMissing or CannotChange.
    """
    severity = severity_there(ticket, facts_about(to))
    return change_person(ticket, to, severity=severity, reason=reason, agent=agent, at=at)


def severity_there(ticket: Ticket, facts: Facts) -> str:
    """Return the severity of a ticket under what somebody bought."""
    bought = in_force(facts.bought, ticket.created_at)
    terms = bought[-1].terms if bought else None
    if terms is None or not terms.severities:
        return ticket.severity if ticket.severity in {STANDARD, CRITICAL} else STANDARD
    known = ticket.severity if ticket.severity in terms.severities else terms.default_severity
    return capped(terms, known, ticket.environment)


def follow_customer(books: Sequence[Book], event: TicketEvent, *, at: datetime) -> list[Start]:
    """Let the clocks of a ticket be those of whose it is now; return those that start.

    It is decided from what is known of its person, as of the opening: it should have been
    theirs from the beginning. What would have passed by then counts from the change, so that
    nobody is late for a promise that they could not know of. A clock that has ended stays as it
    ended. `at` is when this is recorded.
    """
    pinned = pinned_by(event.ticket_id)
    if pinned is None:
        return []
    # Who was nobody's before came from an address that nobody knew (domain.md E31).
    is_new = event.data["from"]["contact"] is None or was_admitted(pinned.decision)
    known = Known(facts_about(event.ticket.requester), is_new)
    opened = pinned.decision.at
    own = [book for book in books if book.clock.ticket_id == event.ticket_id]
    behind = [decision_behind(book.clock) for book in own]
    verdict = _decided(known, event, opened)
    for book, decision in zip(own, behind, strict=True):
        if not may_move(book, event.at):
            continue
        if book.clock.metric in UNMOVED:
            book.write(Entry(Verb.VOID, event.at), event, at, reason=event.verb)
            continue
        is_later = decision is not None and decision.cause in LATER
        judged = verdict
        if decision and is_later:
            judged = _decided(known, event, decision.at, book.clock.metric)
        correct_book(book, judged, event, at)
    return newly_promised(verdict, opened, event)


def _decided(known: Known, event: TicketEvent, since: datetime, metric: str = "") -> Verdict:
    """Decide what is promised as of an instant, and store why."""
    ask = ask_of(event.ticket, event.ticket.severity, since)
    verdict = decide(known.facts, replace(ask, admitted=known.is_admitted))
    row = row_of(verdict, metric) if metric else verdict.target
    cause = Decision.Cause.CORRECTION
    facts = facts_as_json(known.facts) | {"admitted": known.is_admitted}
    decision = decision_of(event, verdict, row, facts, cause)
    decision.at, decision.metric = since, metric or decision.metric
    decision.save()
    return verdict

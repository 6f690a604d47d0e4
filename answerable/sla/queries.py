"""Reads about promises: what would be promised now, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Ask, Facts, Verdict, decide
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.reconsider import target_for
from answerable.entitlements.queries import facts_about
from answerable.sla.calendars import Calendar, calendar_of
from answerable.sla.core.days import due_after
from answerable.sla.core.ledger import Outcome
from answerable.sla.models import Clock, Decision
from answerable.tickets.models import STANDARD


@dataclass(frozen=True, slots=True)
class Offer:
    """What a request would be promised if it were stored now, and why not more."""

    verdict: Verdict
    at: datetime
    due_at: datetime | None
    starts_at: datetime | None

    @property
    def kind(self) -> str:
        """guarantee, aim, or nothing."""
        return self.verdict.target.kind.value if self.verdict.target else ""

    @property
    def terms(self) -> Terms | None:
        """The plan under which it would be promised."""
        return self.verdict.bought.terms if self.verdict.bought else None


def offer_for(contact: Contact | None, ask: Ask) -> Offer:
    """Return what this request would be promised; the same rule decides when it is stored."""
    return offer(facts_about(contact), ask)


def offer(facts: Facts, ask: Ask) -> Offer:
    """Return what a request with these facts would be promised at `ask.at`."""
    verdict = decide(facts, ask)
    calendar = calendar_for(verdict)
    if verdict.target is None or calendar is None:
        return Offer(verdict, ask.at, None, None)
    due_at = due_after(calendar, ask.at, verdict.target.allowance)
    return Offer(verdict, ask.at, due_at, calendar.opening(ask.at))


def calendar_for(verdict: Verdict) -> Calendar | None:
    """Return the calendar on which the promised time is counted."""
    if verdict.bought is None or verdict.target is None:
        return None
    return calendar_of(verdict.bought.terms.calendars[verdict.target.calendar])


def due_if_standard(clock: Clock) -> datetime | None:
    """Return when a running first reply would be due if its claim were changed to standard.

    None when another severity would move nothing. The same rule moves the clock
    (actions/retargeting.py).
    """
    first = decision_that_started(clock)
    if first is None or clock.outcome != Outcome.RUNNING:
        return None
    terms = clock.plan_version.terms
    target = target_for(terms, refused_by(first), STANDARD)
    if target is None or target.key == clock.target:
        return None
    calendar = calendar_of(terms.calendars[target.calendar])
    return due_after(calendar, clock.started_at, target.allowance)


def decision_that_started(clock: Clock) -> Decision | None:
    """Return the decision under which a clock was started: the first that promised anything."""
    promised = Decision.objects.filter(ticket=clock.ticket_id, contract__isnull=False)
    return promised.order_by("pk").first()


def refused_by(decision: Decision) -> dict[str, list[str]]:
    """Return the reasons against each target of the contract that a decision fell under."""
    return {
        row["target"]: row["reasons"]
        for row in decision.refusals
        if row["contract"] == decision.contract_id
    }

"""Reads about promises: what would be promised now, and what was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Ask, Facts, Verdict, decide
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.queries import facts_about
from answerable.sla.changing import Changed, changed_to
from answerable.sla.core.ledger import Outcome
from answerable.sla.due import Due, due_of, opening_of
from answerable.sla.judging import decision_behind, judged_again, row_of
from answerable.sla.models import Clock
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
    """Return what a request with these facts would be promised at `ask.at`.

    There is no due time yet where the clock waits for us to set the severity, or where it
    cannot be worked out.
    """
    verdict = decide(facts, ask)
    target, bought = verdict.target, verdict.bought
    if target is None or bought is None or target.starts != "created":
        return Offer(verdict, ask.at, None, None)
    due = due_of(bought.terms, target.key, target.metric, ask.at)
    if due.doubt:
        return Offer(verdict, ask.at, None, None)
    return Offer(verdict, ask.at, due.at, opening_of(bought.terms, target.key, ask.at))


def due_if_standard(clock: Clock, at: datetime) -> datetime | None:
    """Return when a running first reply would be due if its claim were changed now to standard.

    None when another severity would move nothing. The same rule moves the clock
    (actions/retargeting.py).
    """
    changed = due_at_severity(clock, STANDARD, at)
    return changed.due.at if changed and changed.row.key != clock.target else None


def due_at_severity(clock: Clock, severity: str, at: datetime) -> Changed | None:
    """Return how a running reply would be due if the severity were changed now.

    None where nothing would be promised. Where nothing would move it is as it is.
    """
    decision = decision_behind(clock)
    if decision is None or clock.outcome != Outcome.RUNNING:
        return None
    verdict = judged_again(decision, clock.plan_version.terms, clock.ticket, severity)
    row = row_of(verdict, clock.metric)
    if row is None:
        return None
    changed = None if row.key == clock.target else changed_to(clock, row, severity, at)
    return changed or Changed(row, Due(clock.due_at), clock.counts_from or clock.started_at)

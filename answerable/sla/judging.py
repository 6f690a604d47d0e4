"""What a ticket is promised as things change: judged again by the one rule, from facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Ask, Bought, Facts, Verdict, decide
from answerable.entitlements.core.plan import Kind, Metric, Target, Terms
from answerable.entitlements.models import PlanVersion
from answerable.entitlements.queries import facts_about
from answerable.sla.facts import facts_of_json
from answerable.sla.models import Clock, Decision, Moving
from answerable.tickets.models import Ticket


@dataclass(frozen=True, slots=True)
class Pinned:
    """The first decision on a ticket, and the version of the plan that it pins now."""

    decision: Decision
    version: PlanVersion | None

    @property
    def terms(self) -> Terms | None:
        """The terms of that version."""
        return self.version.terms if self.version else None


def pinned_by(ticket: int) -> Pinned | None:
    """Return what a ticket pins, or None when nothing was ever decided about it.

    It is the version under which it was opened, or the last one of that plan to which open
    tickets were moved since.
    """
    decisions = Decision.objects.filter(ticket=ticket).select_related("plan_version")
    # Before a stranger's ticket was admitted nothing could be promised.
    promised = decisions.filter(contract__isnull=False).order_by("pk").first()
    first = promised or decisions.order_by("pk").first()
    if first is None:
        return None
    if first.plan_version is None:
        return Pinned(first, None)
    moves = Moving.objects.filter(version__plan=first.plan_version.plan_id, at__gte=first.at)
    last = moves.select_related("version").order_by("-pk").first()
    return Pinned(first, last.version if last else first.plan_version)


def ask_of(ticket: Ticket, severity: str, at: datetime) -> Ask:
    """Return how a ticket came in, as of an instant and at a severity."""
    return Ask(ticket.channel, ticket.surface, ticket.language, severity, at)


def judged_again(decision: Decision, terms: Terms, ticket: Ticket, severity: str) -> Verdict:
    """Return what applies at another severity, from the facts that were known when it was
    decided: the class of the person is judged once (domain.md E21)."""
    under = facts_of_json(decision.facts, {decision.plan_version_id or 0: terms})
    held = decision.contract_id  # Decisions of the first release did not keep it.
    bought = [one for one in under.bought if held is None or one.contract == held]
    ask = ask_of(ticket, severity, decision.at)
    is_admitted = decision.cause == Decision.Cause.ADMISSION
    return decide(replace(under, bought=tuple(bought)), replace(ask, admitted=is_admitted))


def judged_now(
    pinned: Pinned | None, ticket: Ticket, contact: Contact | None, at: datetime
) -> tuple[Facts, Verdict]:
    """Return what is known of a contact now, and what they would be promised on this ticket.

    While the contract under which the ticket was opened is in force its pinned terms hold; when
    it has ended, another of the customer's may (domain.md E24, E26, E28).
    """
    facts = facts_about(contact)
    held = _held(pinned, facts.bought, at)
    known = replace(facts, bought=held or facts.bought)
    return known, decide(known, ask_of(ticket, ticket.severity, at))


def better(one: Target | None, other: Target | None) -> bool:
    """Say whether a row promises more than another: a guarantee more than an aim, then time."""
    if one is None or other is None:
        return one is not None
    return _rank(one) < _rank(other)


def row_of(verdict: Verdict, metric: str) -> Target | None:
    """Return the row of a metric that applies, or None."""
    if metric == Metric.FIRST_RESPONSE:
        return verdict.target
    return next((row for row in verdict.others if row.metric == metric), None)


def decision_behind(clock: Clock) -> Decision | None:
    """Return the decision whose facts a clock came from: the newest of its metric, else the
    first on the ticket. A change of severity brought no new facts."""
    decided = Decision.objects.filter(ticket=clock.ticket_id)
    judged = decided.exclude(cause=Decision.Cause.SEVERITY)
    own = judged.filter(metric=clock.metric).order_by("-pk").first()
    return own or judged.order_by("pk").first()


def refusals_as_json(verdict: Verdict) -> list[Mapping[str, object]]:
    """Return why each row does not apply, as it is stored."""
    return [
        {
            "contract": refusal.contract,
            "version": refusal.version,
            "target": refusal.target,
            "kind": refusal.kind,
            "metric": refusal.metric,
            "severity": refusal.severity,
            "reasons": list(refusal.reasons),
        }
        for refusal in verdict.refusals
    ]


def _held(pinned: Pinned | None, bought: Sequence[Bought], at: datetime) -> tuple[Bought, ...]:
    if pinned is None or pinned.version is None:
        return ()
    return tuple(
        replace(one, version=pinned.version.pk, terms=pinned.version.terms)
        for one in bought
        if one.contract == pinned.decision.contract_id
        and one.status == "active"
        and one.term.covers(at)
    )


def _rank(target: Target) -> tuple[bool, float]:
    return target.kind != Kind.GUARANTEE, target.within.total_seconds()

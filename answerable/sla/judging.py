"""What a ticket is promised as things change: judged again by the one rule, from facts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.db.models import Case, QuerySet, Subquery, When

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import (
    Ask,
    Bought,
    Facts,
    Verdict,
    decide,
    in_force,
)
from answerable.entitlements.core.plan import Kind, Metric, Target, Terms
from answerable.entitlements.models import PlanVersion
from answerable.entitlements.queries import facts_about
from answerable.lib.ready import Given, Ready
from answerable.sla.facts import facts_of_json
from answerable.sla.models import Clock, Decision, Moving
from answerable.tickets.models import CRITICAL, STANDARD, Ticket


@dataclass(frozen=True, slots=True)
class Pinned:
    """The decision on a ticket as it came in, by what is known now, and the version of the plan
    that it pins now."""

    decision: Decision
    version: PlanVersion | None

    @property
    def terms(self) -> Terms | None:
        """The terms of that version."""
        return self.version.terms if self.version else None


def pinned_by(ticket: int) -> Pinned | None:
    """Return what a ticket pins, or None when nothing was ever decided about it.

    It is the version under which it was opened, or the last one of that plan to which open
    tickets were moved since. Where nothing was promised it is the one that was in force.
    """
    first = _as_it_came_in(ticket)
    if first is None:
        return None
    version = first.plan_version or _in_force_at(first)
    if version is None:
        return Pinned(first, None)
    last = LAST_MOVE.first(plan=version.plan_id, since=first.at)
    return Pinned(first, last.version if last else version)


def is_decided(ticket: int) -> bool:
    """Say whether anything was ever decided about a ticket, so that it pins something."""
    return ANY_DECISION.first(ticket=ticket) is not None


def _as_it_came_in(ticket: int) -> Decision | None:
    """Return the decision on a ticket as of its opening: the last one, if it was corrected."""
    same = OF_OPENING.all(ticket=ticket)
    # Before a stranger's ticket was admitted nothing could be promised.
    promised = (one for one in same if one.contract_id is not None)
    first = next(promised, same[0] if same else None)
    corrected = (one for one in reversed(same) if one.cause == Decision.Cause.CORRECTION)
    return next(corrected, first)


def _of_opening() -> QuerySet[Decision]:
    """Return the decisions of the instant of a ticket's opening, however many its turns brought
    since: of the first that promised something, else of the very first."""
    decisions = Decision.objects.filter(ticket=Given("ticket"))
    nothing = Case(When(contract=None, then=1), default=0)
    opening = decisions.order_by(nothing, "pk").values("at")[:1]
    same = decisions.filter(at=Subquery(opening)).order_by("pk")
    return same.select_related("plan_version").defer("plan_version__document", "refusals")


ANY_DECISION = Ready(lambda: Decision.objects.filter(ticket=Given("ticket")).only("pk")[:1])
OF_OPENING = Ready(_of_opening)
LAST_MOVE = Ready(
    lambda: (
        Moving.objects.filter(version__plan=Given("plan"), at__gte=Given("since"))
        .select_related("version")
        .defer("version__document")
        .order_by("-pk")[:1]
    )
)


def _in_force_at(decision: Decision) -> PlanVersion | None:
    """Return the version that was in force for a request that was promised nothing."""
    facts = facts_then(decision)
    held = [
        one
        for one in in_force(facts.bought, decision.at)
        if one.status == "active" and one.term.covers(decision.at)
    ]
    return PlanVersion.objects.get(pk=held[-1].version) if held else None


def facts_then(decision: Decision) -> Facts:
    """Return the facts of a decision as they were, with everything that was bought then."""
    numbers = {row["version"] for row in decision.facts.get("bought", ())}
    versions = PlanVersion.objects.filter(pk__in=numbers) if numbers else ()
    return facts_of_json(decision.facts, {one.pk: one.terms for one in versions})


def ask_of(ticket: Ticket, severity: str, at: datetime) -> Ask:
    """Return how a ticket came in and what it is about, as of an instant, at a severity."""
    return Ask(
        channel=ticket.channel,
        surface=ticket.surface,
        language=ticket.language,
        severity=severity,
        at=at,
        environment=ticket.environment,
        product=ticket.product,
    )


def judged_again(decision: Decision, terms: Terms, ticket: Ticket, severity: str) -> Verdict:
    """Return what applies at another severity, from the facts that were known when it was
    decided: the class of the person is judged once (domain.md E21)."""
    number = decision.plan_version_id or _number_in_force(decision)
    under = facts_of_json(decision.facts, {number: terms})
    held = decision.contract_id  # Decisions of the first release did not keep it.
    bought = [one for one in under.bought if held is None or one.contract == held]
    ask = ask_of(ticket, severity, decision.at)
    ask = replace(ask, admitted=was_admitted(decision))
    return decide(replace(under, bought=tuple(bought)), ask)


def judged_anew(decision: Decision, pinned: Pinned, ticket: Ticket) -> Verdict:
    """Return what applies by what the ticket is about now, from the facts that were known when
    it was decided: of several contracts another may be the better one now (domain.md E29)."""
    facts, version = facts_then(decision), pinned.version
    bought = tuple(
        replace(one, version=version.pk, terms=version.terms)
        if version and one.contract == pinned.decision.contract_id
        else one
        for one in facts.bought
    )
    ask = ask_of(ticket, ticket.severity, decision.at)
    ask = replace(ask, admitted=was_admitted(decision))
    return decide(replace(facts, bought=bought), ask)


def was_admitted(decision: Decision) -> bool:
    """Say whether nobody knew the address of the request that a decision is about."""
    return decision.cause == Decision.Cause.ADMISSION or bool(decision.facts.get("admitted"))


def _number_in_force(decision: Decision) -> int:
    found = _in_force_at(decision)
    return found.pk if found else 0


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


def is_critical(ticket: Ticket, terms: Terms | None = None) -> bool:
    """Say whether people are woken for the severity of a ticket, by its terms; they are looked
    up where the caller does not have them."""
    if ticket.severity in {STANDARD, CRITICAL}:
        return ticket.severity == CRITICAL
    if terms is None:
        pinned = pinned_by(ticket.pk)
        terms = pinned.terms if pinned else None
    return terms is not None and terms.is_critical(ticket.severity)


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

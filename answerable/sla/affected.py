"""Which open tickets another version of a plan would be about, and what it would change."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from answerable.entitlements.core.eligibility import Bought, decide
from answerable.entitlements.core.plan import Target, Terms
from answerable.entitlements.models import PlanVersion
from answerable.sla.facts import facts_from_json
from answerable.sla.judging import ask_of
from answerable.sla.models import Clock, ClockQuerySet, Decision
from answerable.sla.trying import EVER, due_of
from answerable.tickets.models import Ticket

DRAFT = 0  # the version of terms that are not published yet


@dataclass(frozen=True, slots=True)
class Affected:
    """A running promise under an older version, and when it would be due under another one.

    `target` and `new_due_at` are None where that one promises nothing of the kind.
    """

    ticket: int
    subject: str
    clock: int
    metric: str
    version: int
    due_at: datetime
    target: str | None
    new_due_at: datetime | None

    @property
    def differs(self) -> bool:
        """Whether it would be due at another time."""
        return self.new_due_at != self.due_at

    def would_be_late(self, at: datetime) -> bool:
        """Whether it is in time now, and would be late under the other version."""
        return self.new_due_at is not None and self.new_due_at <= at < self.due_at


def affected(version: PlanVersion, at: datetime) -> list[Affected]:
    """Return the promises of open tickets that older versions of the same plan hold, by ticket.

    Those are what moves when open tickets follow a new version (domain.md E28).
    """
    clocks = _running(version.terms).filter(plan_version__number__lt=version.number)
    return _judged(clocks, version.terms, at)


def affected_by(terms: Terms, at: datetime) -> list[Affected]:
    """Return the same for terms that would be the next version of their plan."""
    return _judged(_running(terms), terms, at)


def promised_anew(decision: Decision, ticket: Ticket, terms: Terms) -> dict[str, Target]:
    """Return what other terms would have promised on a ticket at its opening, by metric.

    The facts about the person are those that were known then (domain.md E21); the severity is
    the one that the ticket has now.
    """
    under = Bought(decision.contract_id or 0, DRAFT, terms, EVER, "active")
    ask = ask_of(ticket, ticket.severity, ticket.created_at)
    verdict = decide(facts_from_json(decision.facts, (under,)), ask)
    rows = [row for row in (verdict.target, *verdict.others) if row]
    return {row.metric: row for row in rows}


def _running(terms: Terms) -> ClockQuerySet:
    clocks = Clock.objects.running().filter(plan_version__plan__key=terms.key)
    promised = clocks.exclude(kind=Clock.Kind.INTERNAL).select_related("ticket", "plan_version")
    return promised.defer("plan_version__document").order_by("ticket", "pk")


def _judged(clocks: Iterable[Clock], terms: Terms, at: datetime) -> list[Affected]:
    found = [clock for clock in clocks if clock.started_at <= at]
    newest_first = Decision.objects.filter(
        ticket__in={clock.ticket_id for clock in found}
    ).order_by("-pk")
    first = {decision.ticket_id: decision for decision in newest_first}
    return [
        _affected(clock, promised_anew(first[clock.ticket_id], clock.ticket, terms), terms)
        for clock in found
        if clock.ticket_id in first
    ]


def _affected(clock: Clock, promised: dict[str, Target], terms: Terms) -> Affected:
    target = promised.get(clock.metric)
    return Affected(
        ticket=clock.ticket_id,
        subject=clock.ticket.subject,
        clock=clock.pk,
        metric=clock.metric,
        version=clock.plan_version.number,
        due_at=clock.due_at,
        target=target.key if target else None,
        new_due_at=due_of(terms, target, clock.started_at) if target else None,
    )

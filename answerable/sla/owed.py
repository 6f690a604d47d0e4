"""What is owed under contracts for missed promises: the remedies of their plans, by period.

A promise counts under the remedies of the plan version that its ticket pinned. None is left
out: what qualifies is listed even where nothing is owed for it yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.db.models import F, FilteredRelation, OuterRef, Q, QuerySet, Subquery

from answerable.entitlements.core.clauses import Remedy
from answerable.entitlements.core.plan import CalendarTerms, Target, Terms
from answerable.entitlements.models import Contract, PlanVersion
from answerable.sla.calendars import calendar_of
from answerable.sla.core.counting import Kept
from answerable.sla.core.ledger import Outcome
from answerable.sla.core.periods import TERM, Period, month_of
from answerable.sla.core.remedies import Settlement, settle
from answerable.sla.models import Clock, Decision

LOOKED_BACK = timedelta(days=460)
READ = (
    *("pk", "ticket_id", "metric", "target", "plan_version_id", "started_at", "due_at"),
    *("answered_at", "outcome", "contract", "excuse", "rated"),
)
AT_ONCE = 5000


@dataclass(frozen=True, slots=True)
class Owed:
    """What one remedy of one contract comes to in one period."""

    contract: Contract
    settlement: Settlement


def contracts_with_remedies() -> QuerySet[Contract]:
    """Return the contracts under whose plan, in any version of it, something can be owed."""
    plans = PlanVersion.objects.filter(pk__in=_versions()).values("plan")
    return Contract.objects.filter(plan_version__plan__in=plans)


def contracts_with_misses(since: datetime) -> QuerySet[Contract]:
    """Return those of them under which a promise was missed since an instant."""
    missed = Clock.objects.filter(
        kind=Clock.Kind.GUARANTEE, outcome=Outcome.MISSED, due_at__gte=since
    )
    decisions = Decision.objects.filter(ticket__in=missed.values("ticket"))
    return contracts_with_remedies().filter(pk__in=decisions.values("contract"))


def looked_back(at: datetime, zone: tzinfo) -> datetime:
    """Return the first instant that is looked at: the beginning of a month, 15 months ago."""
    return month_of(at - LOOKED_BACK, zone).begin


def owed_under(contracts: Collection[Contract], *, at: datetime, zone: tzinfo) -> list[Owed]:
    """Return what is owed under contracts, in their order, by remedy and newest period first.

    Terms are looked at from their beginning; months and quarters as far back as `looked_back`
    says. Two queries, whatever the number of contracts.
    """
    versions, since = _versions(), looked_back(at, zone)
    found: dict[tuple[int, Remedy], list[Kept]] = defaultdict(list)
    for promise, version in _promises(contracts, versions, since, at):
        for remedy in versions[version].remedies:
            found[promise.contract or 0, remedy].append(promise)
    return [
        Owed(contract, settlement)
        for contract in contracts
        for remedy in sorted(
            {remedy for pk, remedy in found if pk == contract.pk}, key=lambda r: r.key
        )
        for settlement in _settled(contract, remedy, found[contract.pk, remedy], at, zone)
        if remedy.window == TERM or settlement.period.begin >= since
    ]


def owed_in(
    contracts: Collection[Contract], period: Period, *, at: datetime, zone: tzinfo
) -> list[Owed]:
    """Return what is owed for the periods that a month is part of."""
    found = owed_under(contracts, at=at, zone=zone)
    return [owed for owed in found if period.begin in owed.settlement.period]


def _versions() -> dict[int, Terms]:
    """Return the terms of the plan versions that have remedies."""
    terms = {version.pk: version.terms for version in PlanVersion.objects.all()}
    return {pk: found for pk, found in terms.items() if found.remedies}


def _settled(
    contract: Contract, remedy: Remedy, promises: list[Kept], at: datetime, zone: tzinfo
) -> list[Settlement]:
    term = Period(contract.starts_at, contract.ends_at)
    return settle(promises, remedy, zone=zone, term=term, at=at)[::-1]


def _promises(
    contracts: Collection[Contract],
    versions: Mapping[int, Terms],
    since: datetime,
    at: datetime,
) -> Iterator[tuple[Kept, int]]:
    """Return the promises that count under these versions, each with its version."""
    decisions = Decision.objects.filter(contract__in=[contract.pk for contract in contracts])
    # A ticket may be decided on under several contracts: a clock belongs to that of its plan.
    plan = OuterRef("plan_version__plan")
    pinned = decisions.filter(ticket=OuterRef("ticket"), plan_version__plan=plan).order_by(
        "-pk"
    )
    clocks = Clock.objects.filter(
        kind=Clock.Kind.GUARANTEE,
        plan_version__in=versions,
        ticket__in=decisions.values("ticket"),
    ).annotate(
        contract=Subquery(pinned.values("contract")[:1]),
        standing=FilteredRelation("excuses", condition=Q(excuses__ended_at=None)),
        excuse=F("standing__pk"),
        rated=F("ticket__severity"),
    )
    terms_count = any(r.window == TERM for terms in versions.values() for r in terms.remedies)
    if not terms_count:
        clocks = clocks.filter(due_at__gte=since)
    rows = clocks.order_by("due_at", "pk").values_list(*READ, named=True)
    targets = {pk: {t.key: t for t in terms.targets} for pk, terms in versions.items()}
    for clock in rows.iterator(chunk_size=AT_ONCE):
        version = clock.plan_version_id
        target = targets[version][clock.target]
        calendar = versions[version].calendars[target.calendar]
        yield _read(clock, target, calendar, at), version


def _read(clock: Any, target: Target, calendar: CalendarTerms, at: datetime) -> Kept:
    """Return the row of a clock as the promise it was."""
    return Kept(
        clock=clock.pk,
        ticket=clock.ticket_id,
        metric=clock.metric,
        severity=target.severity or clock.rated,
        started_at=clock.started_at,
        due_at=clock.due_at,
        answered_at=clock.answered_at,
        outcome=clock.outcome,
        excused=clock.excuse is not None,
        contract=clock.contract,
        over=_over(clock.due_at, calendar, clock.answered_at or at),
    )


def _over(due_at: datetime, calendar: CalendarTerms, until: datetime) -> timedelta | None:
    """Return how much open time passed between the due time and the answer, or until now."""
    if calendar.always or until <= due_at:
        return None
    spans = calendar_of(calendar).spans(due_at, until)
    return sum((span.end - span.begin for span in spans), timedelta())

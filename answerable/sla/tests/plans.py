"""Plans for tests: Premium with whatever more is promised, and how it is sold."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.entitlements import terms as read_terms
from answerable.entitlements.core.clauses import PauseRule
from answerable.entitlements.core.plan import Kind, Severity, Target, Terms
from answerable.entitlements.models import Contract, Plan, PlanVersion
from answerable.sla.actions import publish_text

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
DOCUMENTS = count(1)

LEVELS = {
    key: Severity(key, key, rank, is_critical=rank == 1, is_default=rank == 3, set_by="vendor")
    for rank, key in enumerate(("urgent", "high", "standard"), 1)
}
WAITS = PauseRule("waiting", ())
HOLDS = tuple(PauseRule(kind, ()) for kind in ("vendor", "third_party", "scheduled"))


def row(metric: str, within: timedelta, **more: Any) -> Target:
    """Return a row of a plan: guaranteed to Super Admins around the clock, if not said else."""
    said = {
        "key": "_".join([metric, *([more["severity"]] if more.get("severity") else [])]),
        "severity": None,
        "requester": "super_admin",
        "channels": (),
        "calendar": "always",
        "kind": Kind.GUARANTEE,
    }
    return Target(**{**said, "metric": metric, "within": within, **more})


def published(terms: Terms, *, at: datetime) -> PlanVersion:
    """Publish terms that no document can say yet, as the next version of their plan."""
    plan, _ = Plan.objects.get_or_create(key=terms.key, defaults={"name": terms.name})
    number = plan.versions.count() + 1
    document = {"key": terms.key, "test": next(DOCUMENTS)}
    version = plan.versions.create(
        number=number, document=document, published_at=at, effective_from=at
    )
    read_terms._read[version.pk] = (document, terms)
    return version


def sold(
    cast: Cast, at: datetime, *rows: Target, beside: bool = False, **terms: Any
) -> Contract:
    """Sell Nordwind Premium with more rows and terms, instead of what it had or beside it.

    Rows of a metric that Premium has replace its own.
    """
    metrics = {target.metric for target in rows}
    before = cast.premium.terms
    kept = tuple(target for target in before.targets if target.metric not in metrics)
    offered = replace(before, **{"key": "gold", "targets": (*kept, *rows), **terms})
    return signed(cast, published(offered, at=at), at=at, beside=beside)


def shipped(cast: Cast, name: str, *, at: datetime) -> Contract:
    """Sell Nordwind a plan that is shipped, as it is written, instead of what it had."""
    text = entitlements.read_plan_text(entitlements.SHIPPED / f"{name}.toml")
    return signed(cast, publish_text(text, at=at - DAY), at=at)


def signed(cast: Cast, version: PlanVersion, *, at: datetime, beside: bool = False) -> Contract:
    """Let Nordwind have a version of a plan instead of what it had, or beside it; Dana and Kim
    are named."""
    before = Contract.objects.filter(customer=cast.nordwind, status="active")
    for held in before.none() if beside else before:
        entitlements.suspend(held)
    contract = entitlements.sign_contract(cast.nordwind, version, starts_at=at - DAY)
    for contact in (cast.dana, cast.kim):
        entitlements.designate(contract, contact, at=at - DAY)
    return contract

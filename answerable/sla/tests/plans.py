"""Plans for tests: Premium with whatever more is promised, and how it is sold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from answerable.cast import Cast
from answerable.entitlements import actions as entitlements
from answerable.entitlements import terms as read_terms
from answerable.entitlements.core.clauses import PauseRule
from answerable.entitlements.core.plan import Kind, Severity, Target, Terms
from answerable.entitlements.models import Contract, PlanVersion
from answerable.sla.actions import publish, publish_text
from answerable.sla.models import Clock
from answerable.sla.tests.clocks import last_clock
from answerable.sla.tests.documents import document_of
from answerable.tickets.actions import put_on_hold
from answerable.tickets.models import Hold, Ticket
from answerable.tickets.tests.openings import opened

HOUR = timedelta(hours=1)
MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)
VERSIONS = count(1)

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
    """Publish terms as the next version of their plan, by the document that says them."""
    document = document_of(terms, changelog=f"Version {next(VERSIONS)} of the tests")
    return publish(document, at=at)


def sold(
    cast: Cast, at: datetime, *rows: Target, beside: bool = False, **terms: Any
) -> Contract:
    """Sell Nordwind Premium with more rows and terms, instead of what it had or beside it.

    Rows of a metric that Premium has replace its own.
    """
    offered = replace(cast.premium.terms, **_changes(cast, rows, terms))
    return signed(cast, published(offered, at=at), at=at, beside=beside)


def sold_broken(cast: Cast, at: datetime, *rows: Target, **terms: Any) -> Contract:
    """Sell Nordwind the same, though no plan that says it could be published: as if a version
    had gone bad since."""
    version = published(replace(cast.premium.terms, key="gold"), at=at)
    broken = replace(cast.premium.terms, **_changes(cast, rows, terms))
    read_terms._read[version.pk] = (version.document, broken)
    return signed(cast, version, at=at)


def _changes(cast: Cast, rows: Sequence[Target], terms: Mapping[str, Any]) -> dict[str, Any]:
    metrics = {target.metric for target in rows}
    before = cast.premium.terms.targets
    kept = tuple(target for target in before if target.metric not in metrics)
    return {"key": "gold", "targets": (*kept, *rows), **terms}


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


# What is promised where clocks stand still while somebody is waited for.
PAUSING = (
    row("next_response", 2 * HOUR),
    row("status_update", HOUR, every=True),
    row("resolution", 10 * HOUR),
)


def opened_where_clocks_pause(cast: Cast, at: datetime) -> Ticket:
    """Open a ticket under a plan whose clocks stand still while its customer is waited for, or
    while it is on hold."""
    sold(cast, at, *PAUSING, pauses=(WAITS, *HOLDS))
    return opened(cast.dana, at)


def hold(
    ticket: Ticket,
    cast: Cast,
    at: datetime,
    *,
    kind: str = "vendor",
    until: datetime | None = None,
) -> Hold:
    """Let Ana put a ticket on hold."""
    why = "Engineering looks at it"
    return put_on_hold(ticket, kind=kind, reason=why, until=until, agent=cast.ana, at=at)


def resolution(ticket: Ticket) -> Clock:
    """Return the clock of a ticket's solution."""
    return last_clock(ticket, "resolution")

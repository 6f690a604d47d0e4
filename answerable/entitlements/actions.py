"""Writes what was bought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Max

from answerable.accounts.models import Contact, Customer
from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.models import (
    Contract,
    Designation,
    Plan,
    PlanVersion,
    Subscription,
)
from answerable.entitlements.publishing import (
    checks,
    refuse_past_days,
    says_the_same,
    with_dates,
)
from answerable.entitlements.sources import Source, nowhere

SHIPPED = Path(__file__).parent / "plans"


def read_plan_file(file: Path) -> dict[str, Any]:
    """Return a plan's document from a TOML file, with dates as texts: it is kept as JSON.

    Raises PlanError for what TOML cannot be.
    """
    try:
        return read_document(file.read_text(encoding="utf-8"))
    except (PlanError, UnicodeDecodeError) as error:
        raise PlanError(f"{file.name}: {error}") from error


@transaction.atomic
def publish_plan(
    document: Mapping[str, Any], *, at: datetime, source: Source = nowhere
) -> PlanVersion:
    """Publish the next version of a plan; the same document again returns the version it is.

    The dates of its holidays are filled in now, and never change; `source` gets the iCalendar
    files and feeds that it names. Raises PlanError when the document cannot be meant.
    """
    filled = with_dates(document, at=at, source=source)
    terms = read_terms(filled)
    plan, _ = Plan.objects.get_or_create(key=terms.key, defaults={"name": terms.name})
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    last = plan.versions.order_by("-number").first()
    if last and says_the_same(last.document, filled):
        return last
    refuse_past_days(terms, last.terms if last else None, at)
    for check in checks():
        check(terms, at)
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return plan.versions.create(number=number, document=filled, published_at=at)


def add_subscription(
    customer: Customer,
    *,
    product: str,
    tier: str,
    starts_at: datetime,
    ends_at: datetime | None = None,
) -> Subscription:
    """Record a product that a customer runs at a tier."""
    return Subscription.objects.create(
        customer=customer, product=product, tier=tier, starts_at=starts_at, ends_at=ends_at
    )


def sign_contract(
    customer: Customer,
    version: PlanVersion,
    *,
    starts_at: datetime,
    ends_at: datetime | None = None,
    order_ref: str = "",
) -> Contract:
    """Record that a customer bought a version of a plan."""
    return Contract.objects.create(
        customer=customer,
        plan_version=version,
        starts_at=starts_at,
        ends_at=ends_at,
        order_ref=order_ref,
    )


def designate(contract: Contract, contact: Contact, *, at: datetime) -> Designation:
    """Name a contact as one through whom the contract's guarantees exist, from now on.

    Whoever is designated already stays so since then.
    """
    return Designation.objects.get_or_create(
        contract=contract, contact=contact, valid_to=None, defaults={"valid_from": at}
    )[0]


def end_designation(contract: Contract, contact: Contact, *, at: datetime) -> None:
    """End a designation at once (domain.md E36: a removal needs no lead time)."""
    running = Designation.objects.filter(contract=contract, contact=contact, valid_to=None)
    running.update(valid_to=at)


def suspend(contract: Contract) -> None:
    """Suspend a contract: requests still arrive, without its guarantee (domain.md E27)."""
    Contract.objects.filter(pk=contract.pk).update(status=Contract.Status.SUSPENDED)

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

SHIPPED = Path(__file__).parent / "plans"


def read_plan_file(file: Path) -> dict[str, Any]:
    """Return a plan's document from a TOML file. Raises PlanError for what TOML cannot be."""
    try:
        return read_document(file.read_text(encoding="utf-8"))
    except (PlanError, UnicodeDecodeError) as error:
        raise PlanError(f"{file.name}: {error}") from error


@transaction.atomic
def publish_plan(document: Mapping[str, Any], *, at: datetime) -> PlanVersion:
    """Publish the next version of a plan; the same document again returns the version it is.

    Raises PlanError when the document cannot be meant.
    """
    terms = read_terms(document)
    plan, _ = Plan.objects.get_or_create(key=terms.key, defaults={"name": terms.name})
    Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
    last = plan.versions.order_by("-number").first()
    if last and last.document == document:
        return last
    number = (plan.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return plan.versions.create(number=number, document=dict(document), published_at=at)


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

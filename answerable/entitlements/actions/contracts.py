"""Writes what was bought: subscriptions, contracts, and who was designated under them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Contact, Customer
from answerable.entitlements.models import (
    Contract,
    Designation,
    Plan,
    PlanVersion,
    Subscription,
)


class PlanRetired(Exception):
    """A plan that is retired is sold to nobody any more."""

    def __init__(self, plan: Plan) -> None:
        super().__init__(f"{plan.name} is retired.")


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


@transaction.atomic
def sign_contract(  # A contract is all these facts.
    customer: Customer,
    version: PlanVersion,
    *,
    starts_at: datetime,
    ends_at: datetime | None = None,
    order_ref: str = "",
    seats: int | None = None,
) -> Contract:
    """Record that a customer bought a version of a plan, with so many paid seats; None for any
    number. Raises PlanRetired."""
    if version.plan.retired_at:
        raise PlanRetired(version.plan)
    contract = Contract.objects.create(
        customer=customer,
        plan_version=version,
        starts_at=starts_at,
        ends_at=ends_at,
        order_ref=order_ref,
        seats=seats,
    )
    contract.adoptions.create(plan_version=version, from_at=starts_at)
    return contract


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

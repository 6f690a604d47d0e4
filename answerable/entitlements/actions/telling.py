"""Keeps contracts as another system says they are, and when it said so last."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import IntegrityError, transaction

from answerable.accounts.models import Agent, Customer
from answerable.entitlements.actions.contracts import sign_contract
from answerable.entitlements.actions.seats import set_seats
from answerable.entitlements.models import Contract, Plan, PlanVersion


class PlanDiffers(Exception):
    """A contract is of another plan, or of another customer, than it is now said to be."""


class NotPublished(Exception):
    """No version of a plan is in force yet, so nobody can have bought it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """A contract as another system has it. `reference` is what it goes by there."""

    reference: str
    customer: Customer
    plan: Plan
    starts_at: datetime
    ends_at: datetime | None
    status: Contract.Status
    seats: int | None


def tell_contract(told: Told, *, source: str, by: Agent, at: datetime) -> tuple[Contract, bool]:
    """Keep a contract as `source` says it is, confirmed now; return it and whether it is new.

    Told twice, it is the same but for when it was confirmed. One with the same reference that
    was entered by hand for this customer is theirs from now on. Raises PlanDiffers, PlanRetired
    or NotPublished.
    """
    try:
        with transaction.atomic():
            return _told(told, source, by, at)
    except IntegrityError:
        # Somebody told the same at the same time: theirs is there now.
        with transaction.atomic():
            return _told(told, source, by, at)


def _told(told: Told, source: str, by: Agent, at: datetime) -> tuple[Contract, bool]:
    contract = _held(told, source)
    is_new = contract is None
    if contract is None:
        contract = sign_contract(
            told.customer,
            _version(told.plan, at),
            starts_at=told.starts_at,
            ends_at=told.ends_at,
            order_ref=told.reference,
            seats=told.seats,
        )
    elif not _is_same(contract, told):
        raise PlanDiffers
    if contract.starts_at != told.starts_at:
        contract.adoptions.filter(from_at=contract.starts_at).update(from_at=told.starts_at)
    set_seats(contract, told.seats, by=by, at=at)
    contract.starts_at, contract.ends_at = told.starts_at, told.ends_at
    contract.status, contract.seats = told.status, told.seats
    contract.source, contract.confirmed_at = source, at
    contract.save()
    return contract, is_new


def _held(told: Told, source: str) -> Contract | None:
    """Return the contract that is meant, which nobody else changes meanwhile."""
    known = Contract.objects.select_for_update(no_key=True).filter(order_ref=told.reference)
    theirs = known.filter(source=source).first()
    return theirs or known.filter(source="", customer=told.customer).order_by("pk").first()


def _is_same(contract: Contract, told: Told) -> bool:
    if contract.customer_id != told.customer.pk:
        return False
    return contract.adoptions.filter(plan_version__plan=told.plan).exists()


def _version(plan: Plan, at: datetime) -> PlanVersion:
    version = plan.versions.filter(effective_from__lte=at).order_by("-number").first()
    if version is None:
        raise NotPublished
    return version

"""Reads what was bought. Facts about people take three queries for any number of them, and once
one more for the versions that this process does not know yet.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TypeVar

from django.db.models import Q, QuerySet

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Bought, Facts, Runs, Term
from answerable.entitlements.models import (
    Adoption,
    Contract,
    Designation,
    Plan,
    PlanVersion,
    Subscription,
)
from answerable.entitlements.terms import known_terms, terms_of
from answerable.lib.ready import GivenNumbers, Ready

Row = TypeVar("Row")
CONTACTS, CUSTOMERS = GivenNumbers("contacts"), GivenNumbers("customers")
NAMED = Ready(lambda: Designation.objects.filter(contact__in=CONTACTS).order_by("pk"))
# In the order in which they were bought: the first one is what a form begins with.
SUBSCRIBED = Ready(lambda: Subscription.objects.filter(customer__in=CUSTOMERS).order_by("pk"))
# Without the documents: the terms of most versions are known (terms.py).
ADOPTED = Ready(
    lambda: (
        Adoption.objects.filter(contract__customer__in=CUSTOMERS)
        .select_related("contract", "plan_version")
        .defer("plan_version__document")
        .order_by("contract_id", "pk")
    )
)
NOBODY = Facts(known=False, role=None, seat=None, designations=(), runs=(), bought=())


def facts_about(contact: Contact | None) -> Facts:
    """Return what is known of a contact; of a stranger, nothing."""
    return facts_about_all([contact])[contact.pk if contact else None]


def facts_about_all(contacts: Iterable[Contact | None]) -> dict[int | None, Facts]:
    """Return what is known of each contact, by key; of a stranger (None), nothing."""
    asked = {contact.pk: contact for contact in contacts if contact}
    facts: dict[int | None, Facts] = dict.fromkeys([None, *asked], NOBODY)
    known = [contact for contact in asked.values() if not contact.left_at]
    return facts | _facts_of(known) if known else facts


def followed(adoptions: QuerySet[Adoption], at: datetime) -> list[Adoption]:
    """Return for each contract the adoption that counts at an instant, as `in_force` does."""
    chosen: dict[int, Adoption] = {}
    for adoption in adoptions.order_by("contract_id", "pk"):
        if adoption.contract_id not in chosen or adoption.from_at <= at:
            chosen[adoption.contract_id] = adoption
    return list(chosen.values())


def contracts_of(plan: Plan, at: datetime) -> list[Contract]:
    """Return the contracts that follow a version of a plan at an instant, or will.

    Not those that are cancelled, or have ended by then.
    """
    of_plan = Adoption.objects.filter(plan_version__plan=plan).values("contract")
    lasting = Contract.objects.exclude(status=Contract.Status.CANCELLED).filter(
        Q(ends_at=None) | Q(ends_at__gt=at), pk__in=of_plan
    )
    adoptions = Adoption.objects.filter(contract__in=lasting)
    light = adoptions.select_related("contract", "plan_version").only(
        "from_at", "contract", "plan_version__plan"
    )
    return [one.contract for one in followed(light, at) if one.plan_version.plan_id == plan.pk]


def accounts_using(plan: Plan, at: datetime) -> int:
    """Return how many customers have a contract that follows the plan, or will."""
    return len({contract.customer_id for contract in contracts_of(plan, at)})


def _facts_of(contacts: Sequence[Contact]) -> dict[int | None, Facts]:
    customers = list({contact.customer_id for contact in contacts})
    named = NAMED.all(contacts=[contact.pk for contact in contacts])
    subscriptions = SUBSCRIBED.all(customers=customers)
    adoptions = ADOPTED.all(customers=customers)
    _learn(adoption.plan_version for adoption in adoptions)
    designations = _grouped((row.contact_id, _designation(row)) for row in named)
    runs = _grouped((row.customer_id, _runs(row)) for row in subscriptions)
    bought = _grouped((row.contract.customer_id, _bought(row)) for row in adoptions)
    return {
        contact.pk: Facts(
            known=True,
            role=contact.product_role,
            seat=contact.seat,
            designations=tuple(designations[contact.pk]),
            runs=tuple(runs[contact.customer_id]),
            bought=tuple(bought[contact.customer_id]),
        )
        for contact in contacts
    }


def _learn(versions: Iterable[PlanVersion]) -> None:
    """Fetch the documents of versions whose terms this process does not know, all at once."""
    unknown = {one.pk: one for one in versions if known_terms(one.pk) is None}
    if unknown:
        for whole in PlanVersion.objects.filter(pk__in=unknown):
            terms_of(whole.pk, whole.document)


def _grouped(pairs: Iterable[tuple[int, Row]]) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    for key, row in pairs:
        rows[key].append(row)
    return rows


def _designation(row: Designation) -> tuple[int, Term]:
    return row.contract_id, Term(row.valid_from, row.valid_to)


def _runs(row: Subscription) -> Runs:
    return Runs(row.product, row.tier, Term(row.starts_at, row.ends_at))


def _bought(adoption: Adoption) -> Bought:
    contract = adoption.contract
    return Bought(
        contract=contract.pk,
        version=adoption.plan_version_id,
        terms=adoption.plan_version.terms,
        term=Term(contract.starts_at, contract.ends_at),
        status=contract.status,
        since=adoption.from_at,
    )

"""The facts about people that decide what they are promised: three queries for any number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TypeVar

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Bought, Facts, Runs, Term
from answerable.entitlements.models import Contract, Designation, Subscription

Row = TypeVar("Row")
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


def _facts_of(contacts: Sequence[Contact]) -> dict[int | None, Facts]:
    customers = {contact.customer_id for contact in contacts}
    named = Designation.objects.filter(contact__in=contacts)
    subscriptions = Subscription.objects.filter(customer__in=customers)
    contracts = Contract.objects.filter(customer__in=customers).select_related("plan_version")
    designations = _grouped((row.contact_id, _designation(row)) for row in named)
    runs = _grouped((row.customer_id, _runs(row)) for row in subscriptions)
    bought = _grouped((row.customer_id, _bought(row)) for row in contracts.order_by("pk"))
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


def _grouped(pairs: Iterable[tuple[int, Row]]) -> dict[int, list[Row]]:
    rows: dict[int, list[Row]] = defaultdict(list)
    for key, row in pairs:
        rows[key].append(row)
    return rows


def _designation(row: Designation) -> tuple[int, Term]:
    return row.contract_id, Term(row.valid_from, row.valid_to)


def _runs(row: Subscription) -> Runs:
    return Runs(row.product, row.tier, Term(row.starts_at, row.ends_at))


def _bought(contract: Contract) -> Bought:
    return Bought(
        contract=contract.pk,
        version=contract.plan_version_id,
        terms=contract.plan_version.terms,
        term=Term(contract.starts_at, contract.ends_at),
        status=contract.status,
    )

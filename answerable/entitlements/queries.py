"""The facts about a person that decide what they are promised: six queries at the most."""

from __future__ import annotations

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Bought, Facts, Runs, Term
from answerable.entitlements.models import Contract, Designation, Subscription

NOBODY = Facts(known=False, role=None, seat=None, designations=(), runs=(), bought=())


def facts_about(contact: Contact | None) -> Facts:
    """Return what is known of a contact; of a stranger, nothing."""
    if contact is None or contact.left_at:
        return NOBODY
    designations = Designation.objects.filter(contact=contact)
    contracts = Contract.objects.filter(customer_id=contact.customer_id)
    subscriptions = Subscription.objects.filter(customer_id=contact.customer_id)
    return Facts(
        known=True,
        role=contact.product_role,
        seat=contact.seat,
        designations=tuple(
            (row.contract_id, Term(row.valid_from, row.valid_to)) for row in designations
        ),
        runs=tuple(
            Runs(row.product, row.tier, Term(row.starts_at, row.ends_at))
            for row in subscriptions
        ),
        bought=tuple(
            _bought(row) for row in contracts.select_related("plan_version").order_by("pk")
        ),
    )


def _bought(contract: Contract) -> Bought:
    return Bought(
        contract=contract.pk,
        version=contract.plan_version_id,
        terms=contract.plan_version.terms,
        term=Term(contract.starts_at, contract.ends_at),
        status=contract.status,
    )

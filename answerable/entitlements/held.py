"""What a customer holds now: its contracts with their terms, seats, and whom they name."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Prefetch

from answerable.accounts.models import Contact, Customer
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.models import Adoption, Contract, Designation
from answerable.entitlements.queries import followed


@dataclass(frozen=True, slots=True)
class Held:
    """A contract in force, the terms that it follows now, and the people whom it names."""

    contract: Contract
    terms: Terms
    designations: tuple[Designation, ...]

    @property
    def is_theirs_to_change(self) -> bool:
        """Whether the customer changes whom it names, and not we."""
        return self.terms.naming.by == "customer"

    @property
    def names_people(self) -> bool:
        """Whether anybody is promised more for being named."""
        return any(one.designated for one in self.terms.requesters.values())

    @property
    def is_full(self) -> bool:
        """Whether it names as many as it may."""
        most = self.terms.naming.most
        return most is not None and len(self.designations) >= most

    def lacks(self, contact: Contact) -> str:
        """Return the role that somebody would need for being named to mean anything; else "".

        It does where they have what one class of designated people asks for, but for a seat.
        """
        asked = [one.role or "" for one in self.terms.requesters.values() if one.designated]
        fits = "" in asked or contact.product_role in asked
        return "" if fits else next(iter(asked), "")


def held_by(customer: Customer, at: datetime) -> list[Held]:
    """Return the contracts of a customer that are in force at an instant. Three queries."""
    named = Designation.objects.filter(valid_to=None, contact__left_at=None)
    contracts = Contract.objects.in_force(at).filter(customer=customer)
    shown = contracts.prefetch_related(
        Prefetch("designations", named.select_related("contact").order_by("pk"), "named")
    )
    in_force = {contract.pk: contract for contract in shown.order_by("pk")}
    adoptions = Adoption.objects.filter(contract__in=in_force).select_related("plan_version")
    return [
        Held(
            in_force[one.contract_id],
            one.plan_version.terms,
            tuple(getattr(in_force[one.contract_id], "named", ())),
        )
        for one in followed(adoptions, at)
    ]


def seats_bought(held: list[Held]) -> int | None:
    """Return how many paid seats some contracts have together; None for any number."""
    counted = [one.contract.seats for one in held]
    if not counted or None in counted:
        return None
    return sum(number or 0 for number in counted)


def manages(contact: Contact, held: list[Held]) -> bool:
    """Say whether somebody may change the people of their customer: a Super Admin, where a
    contract leaves that to them."""
    is_admin = contact.product_role == Contact.Role.SUPER_ADMIN
    return is_admin and any(one.is_theirs_to_change for one in held)

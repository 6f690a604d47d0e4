"""Whether somebody has a plan with us, for the page that would offer them its channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Bought, Facts, in_force
from answerable.entitlements.models import Plan
from answerable.sla.words import product_word


class Has(StrEnum):
    """What somebody's customer has: a plan in force, one that is over or waits, or none."""

    PLAN = "plan"
    ENDED = "ended"
    HALTED = "halted"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Standing:
    """What a customer has, and what there is to say of it where that is no plan in force.

    `tier` is what their subscription is called, `admins` who could add a plan.
    """

    has: Has
    plan: str
    ended_at: datetime | None = None
    tier: str = ""
    admins: tuple[str, ...] = ()


def standing_of(contact: Contact, facts: Facts, at: datetime) -> Standing:
    """Return how a contact's customer stands at an instant."""
    held = in_force(facts.bought, at)
    if any(one.status == "active" and one.term.covers(at) for one in held):
        return Standing(Has.PLAN, held[-1].terms.name)
    if held:
        return _over(held[-1], at)
    return Standing(
        Has.NONE, _plan_name(), tier=_tier(facts, at), admins=tuple(_admins(contact))
    )


def _over(last: Bought, at: datetime) -> Standing:
    ended = last.term.ends_at
    if last.status == "active" and ended and ended <= at:
        return Standing(Has.ENDED, last.terms.name, ended_at=ended)
    return Standing(Has.HALTED, last.terms.name)


def _plan_name() -> str:
    """Return the name of a plan that is sold."""
    newest = Plan.objects.order_by("pk").first()
    version = newest.versions.order_by("-number").first() if newest else None
    return version.terms.name if version else ""


def _tier(facts: Facts, at: datetime) -> str:
    tiers = [run.tier for run in facts.runs if run.term.covers(at)]
    return product_word(tiers[0]) if tiers else ""


def _admins(contact: Contact) -> list[str]:
    found = Contact.objects.filter(
        customer=contact.customer_id, product_role=Contact.Role.SUPER_ADMIN, left_at=None
    )
    return list(found.order_by("name").values_list("name", flat=True)[:5])

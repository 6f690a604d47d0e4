"""What a person may ask for, as one of the states of ux.md 5.3: W3 and W9 to W12."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Bought, in_force
from answerable.entitlements.core.plan import Kind
from answerable.entitlements.models import Plan
from answerable.intake.offers import Asker, Offers
from answerable.sla.words import said

# entitled: guaranteed. aimed: aimed for, without a guarantee (W10). outside: not in their plan
# (W9). ended: it was (W12). unknown: nobody signed in (W11).
State = Literal["entitled", "aimed", "outside", "ended", "unknown"]
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Standing:
    """A state in words: a heading, sentences, and what its button says; "" where the page
    itself is what there is to do."""

    state: State
    heading: str
    sentences: tuple[str, ...] = ()
    action: str = ""


def standing_of(asker: Asker, offers: Offers) -> Standing:
    """Return what somebody may ask for now, and in which words they are told."""
    plan = _plan_name(offers)
    if asker.contact is None:
        return Standing("unknown", _sign_in(plan), (), _("Sign in"))
    if offers.standard.kind or any(one.line.kind for one in offers.choices):
        is_sure = offers.standard.kind == Kind.GUARANTEE
        return Standing("entitled" if is_sure else "aimed", _contact(plan))
    bought = in_force(asker.facts.bought, asker.at)
    ended = [one for one in bought if one.term.ends_at and one.term.ends_at <= asker.at]
    if bought and len(ended) == len(bought):
        return _ended(asker, asker.contact, ended)
    return _outside(asker, asker.contact, offers, plan)


def _ended(asker: Asker, contact: Contact, ended: list[Bought]) -> Standing:
    last = max(ended, key=lambda one: one.term.ends_at or asker.at)
    day = dateformat.format((last.term.ends_at or asker.at).astimezone(asker.zone), _("j F Y"))
    heading = _("{plan} Support for {customer} ended on {day}.").format(
        plan=said(last.terms.name), customer=contact.customer.name, day=day
    )
    stays = _("Your past requests stay readable.")
    return Standing("ended", heading, (stays,), _("Send a standard request"))


def _outside(asker: Asker, contact: Contact, offers: Offers, plan: str) -> Standing:
    """Say that it is not part of their plan, or what else is missing, and who can change it."""
    heading = _("Support is not part of your plan")
    if plan:
        heading = _("{plan} Support is not part of your plan").format(plan=plan)
    sentences = [_has(asker, contact, offers), *_who_can_add(contact)]
    return Standing("outside", heading, tuple(sentences), _("Send a standard request"))


def _has(asker: Asker, contact: Contact, offers: Offers) -> str:
    may = _("You can search articles or send a standard request.")
    if asker.facts.bought and offers.standard.reasons:
        return " ".join((*offers.standard.reasons, may))
    tiers = {run.tier for run in asker.facts.runs if run.term.covers(asker.at)}
    if len(tiers) != 1:
        return may
    has = _("{customer} has the {tier} plan.")
    tier = capfirst(said(tiers.pop().replace("_", " ")))
    return f"{has.format(customer=contact.customer.name, tier=tier)} {may}"


def _who_can_add(contact: Contact) -> list[str]:
    admins = Contact.objects.filter(
        customer=contact.customer_id,
        product_role=Contact.Role.SUPER_ADMIN,
        left_at=None,
    ).order_by("name")
    names = list(admins.values_list("name", flat=True)[:MOST_NAMED])
    words = _("Super Admins who can add it: {names}.")
    return [words.format(names=", ".join(names))] if names else []


def _plan_name(offers: Offers) -> str:
    """Return what the plan is called: their own, or else the only one that is sold."""
    if offers.terms is None or (offers.own_terms is None and _are_several()):
        return ""
    return said(offers.terms.name)


def _are_several() -> bool:
    return Plan.objects.filter(retired_at=None).count() > 1


def _sign_in(plan: str) -> str:
    if not plan:
        return _("Sign in to contact support")
    return _("Sign in to contact {plan} Support").format(plan=plan)


def _contact(plan: str) -> str:
    return _("Contact {plan} Support").format(plan=plan) if plan else _("Contact support")

"""What the request page asks of this customer, beside what happened, and what is filled in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Ask, Bought, Facts, decide, in_force
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import environments_asked, offers_choice
from answerable.entitlements.models import PlanVersion
from answerable.sla.words import OTHER_ENVIRONMENT
from answerable.tickets.models import Ticket

FALLBACK_LANGUAGE = "en"
OTHER = "other"
CHOSEN = ("language", "product", "environment", "severity")


@dataclass(frozen=True, slots=True)
class Asked:
    """What was chosen on the page; "" for what was not, or is not asked.

    `surface` is where the page is shown: nobody chooses it. `channel` is the way by which they
    asked, where an agent writes it down; "" for the request form.
    """

    language: str = ""
    product: str = ""
    environment: str = ""
    severity: str = ""
    surface: str = "web"
    channel: str = ""

    @property
    def about_product(self) -> str:
        """The product that the request is about, "" for another matter."""
        return "" if self.product == OTHER else self.product


@dataclass(frozen=True, slots=True)
class Asking:
    """What the page asks: the products to choose from, the environments, and whose plan it is.

    `asked` is what was chosen, with what is filled in for the rest. Nothing to choose from is
    nothing asked.
    """

    asked: Asked
    plan: int
    terms: Terms | None
    products: tuple[str, ...]
    environments: tuple[str, ...]

    @property
    def has_severities(self) -> bool:
        """Whether the customer chooses a severity, in place of making the claim."""
        return self.terms is not None and offers_choice(self.terms)


def asked_in(values: Mapping[str, object], surface: str = "web") -> Asked:
    """Return what was chosen, from the values of a form or an address."""
    chosen = {name: str(values.get(name) or "")[:60] for name in CHOSEN}
    return Asked(**chosen, surface=surface)


def asking(contact: Contact | None, facts: Facts, asked: Asked, at: datetime) -> Asking:
    """Return what the page asks somebody. What is filled in is what their last request was
    about, else production, which most requests are about; the plan says the severity."""
    runs = facts.products(at)
    products = runs if len(runs) > 1 else ()
    environments = _environments(facts, at)
    asked = replace(
        asked,
        product=_product(contact, runs, asked.product),
        environment=_one_of(environments, asked.environment),
    )
    plan, terms = _plan(facts, asked, at)
    language = asked.language or language_of(terms)
    severity = asked.severity
    if terms and severity not in terms.severities:
        severity = terms.default_severity
    chosen = replace(asked, language=language, severity=severity)
    return Asking(chosen, plan, terms, products, environments)


def language_of(terms: Terms | None) -> str:
    """Return the language in which requests are expected."""
    return terms.languages[0] if terms and terms.languages else FALLBACK_LANGUAGE


def _environments(facts: Facts, at: datetime) -> tuple[str, ...]:
    """Return the environments to choose from, where a promise of theirs depends on that."""
    found = environments_asked(one.terms for one in _held(facts, at))
    return (*found, OTHER_ENVIRONMENT) if found else ()


def _held(facts: Facts, at: datetime) -> list[Bought]:
    return [
        one
        for one in in_force(facts.bought, at)
        if one.status == "active" and one.term.covers(at)
    ]


def _product(contact: Contact | None, runs: Sequence[str], chosen: str) -> str:
    """Return the product that was chosen, the only one, or that of their last request."""
    if len(runs) < 2:
        return next(iter(runs), "")
    if chosen in {*runs, OTHER}:
        return chosen
    of_theirs = Ticket.objects.filter(requester=contact, product__in=runs).order_by("-pk")
    last = of_theirs.values_list("product", flat=True).first()
    return last or runs[0]


def _one_of(choices: Sequence[str], chosen: str) -> str:
    return chosen if chosen in choices else next(iter(choices), "")


def _plan(facts: Facts, asked: Asked, at: datetime) -> tuple[int, Terms | None]:
    """Return the plan whose severities are asked: the one that would promise something on this
    request, else the person's newest, else the vendor's newest."""
    if facts.bought:
        last = in_force(facts.bought, at)[-1]
        language = asked.language or language_of(last.terms)
        ask = Ask(
            *(asked.channel or "form", asked.surface, language, "", at),
            environment=asked.environment,
            product=asked.about_product,
            opens=True,
        )
        bought = decide(facts, ask).bought or last
        return bought.version, bought.terms
    newest = PlanVersion.objects.order_by("-pk").first()
    return (newest.pk, newest.terms) if newest else (0, None)

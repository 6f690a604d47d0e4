"""What a request would be promised if it were sent now, for the page that sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Ask, Facts, in_force
from answerable.entitlements.core.plan import Terms
from answerable.entitlements.models import PlanVersion
from answerable.entitlements.queries import facts_about
from answerable.sla.queries import Offer, offer
from answerable.sla.reasons import nearest_refusal, setting, told_to_customer
from answerable.tickets.models import CRITICAL, STANDARD

FALLBACK_LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class Line:
    """One promise as the page shows it: guarantee, aim or nothing, and why not more."""

    kind: str
    due_at: datetime | None
    starts_at: datetime | None
    waits: bool  # the clock would start later, when the hours begin
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Offers:
    """What this person would be promised now, standard and business-critical."""

    standard: Line
    critical: Line
    terms: Terms | None

    @property
    def differ(self) -> bool:
        """Whether business-critical is promised anything else."""
        return (self.critical.kind, self.critical.due_at) != (
            self.standard.kind,
            self.standard.due_at,
        )


def offers_for(contact: Contact | None, language: str, at: datetime, zone: tzinfo) -> Offers:
    """Return both promises for a request in this language, by the rule that will decide."""
    facts = facts_about(contact)
    lines = {
        severity: _line(facts, contact, Ask("form", "web", language, severity, at), zone)
        for severity in (STANDARD, CRITICAL)
    }
    return Offers(lines[STANDARD], lines[CRITICAL], _terms(facts, at))


def language_of(terms: Terms | None) -> str:
    """Return the language in which requests are expected."""
    return terms.languages[0] if terms and terms.languages else FALLBACK_LANGUAGE


def _line(facts: Facts, contact: Contact | None, ask: Ask, zone: tzinfo) -> Line:
    offered = offer(facts, ask)
    later = bool(offered.starts_at and offered.starts_at > ask.at)
    reasons = (
        () if offered.kind == "guarantee" else _reasons(facts, contact, offered, ask, zone)
    )
    return Line(offered.kind, offered.due_at, offered.starts_at, later, reasons)


def _reasons(
    facts: Facts, contact: Contact | None, offered: Offer, ask: Ask, zone: tzinfo
) -> tuple[str, ...]:
    refusal = nearest_refusal(offered.verdict.refusals, ask.severity)
    if refusal is None:
        return ()
    person = contact.name if contact else ""
    customer = contact.customer.name if contact else ""
    told = setting(facts, refusal, person=person, customer=customer, zone=zone)
    return tuple(told_to_customer(told))


def _terms(facts: Facts, at: datetime) -> Terms | None:
    """Return the plan whose rubric is asked: the person's newest, else the vendor's newest."""
    if facts.bought:
        return in_force(facts.bought, at)[-1].terms
    newest = PlanVersion.objects.order_by("-pk").first()
    return newest.terms if newest else None

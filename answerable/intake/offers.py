"""What a request would be promised if it were sent now, for the page that sends it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, tzinfo

from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import Ask, Facts
from answerable.entitlements.core.plan import Channel, Severity, Terms
from answerable.entitlements.core.severities import (
    FORM,
    form_for,
    is_out_of_reach,
    is_set_by_vendor,
    opening_severity,
)
from answerable.entitlements.queries import facts_about
from answerable.intake.asked import Asked, Asking, asking
from answerable.sla.queries import Offer, offer
from answerable.sla.reasons import nearest_refusal, setting, told_to_customer
from answerable.sla.words import allowed_words, environment_word, severity_in
from answerable.tickets.models import CRITICAL, STANDARD


@dataclass(frozen=True, slots=True)
class Line:
    """One promise as the page shows it: guarantee, aim or nothing, and why not more.

    `within` is the time that counts from when we set the severity. `note` says what else must
    be known of a severity before it is chosen.
    """

    kind: str
    due_at: datetime | None
    starts_at: datetime | None
    waits: bool  # the clock would start later, when the hours begin
    reasons: tuple[str, ...]
    within: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Choice:
    """A severity that the customer may choose, in the plan's words, with its promise."""

    key: str
    name: str
    severity: Severity
    line: Line


@dataclass(frozen=True, slots=True)
class Offers:
    """What this person would be promised now: standard and business-critical, or by each
    severity of their plan, the worst first."""

    asking: Asking
    standard: Line
    critical: Line
    choices: tuple[Choice, ...] = ()

    @property
    def terms(self) -> Terms | None:
        """The plan under which it would be promised."""
        return self.asking.terms

    @property
    def own_terms(self) -> Terms | None:
        """The person's own plan; None for somebody to whom nothing is promised or aimed for."""
        return self.asking.terms if self.standard.kind else None

    def is_shown(self, channel: Channel) -> bool:
        """Say whether the plan offers a channel where this person is."""
        return not channel.surfaces or self.asking.asked.surface in channel.surfaces

    @property
    def differ(self) -> bool:
        """Whether business-critical is promised anything else."""
        return not self.choices and (self.critical.kind, self.critical.due_at) != (
            self.standard.kind,
            self.standard.due_at,
        )


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, when, and in which zone times are told them."""

    contact: Contact | None
    facts: Facts
    at: datetime
    zone: tzinfo


def offers_for(contact: Contact | None, asked: Asked, at: datetime, zone: tzinfo) -> Offers:
    """Return the promises for a request like this, by the rule that will decide."""
    return offers_by(Asker(contact, facts_about(contact), at, zone), asked)


def offers_by(asker: Asker, asked: Asked) -> Offers:
    """Return the promises for a request of somebody of whom the facts are known."""
    asks = asking(asker.contact, asker.facts, asked, asker.at)
    if asks.has_severities and asks.terms:
        choices = tuple(_choices(asker, asks, asks.terms))
        chosen = next(one for one in choices if one.key == asks.asked.severity)
        return Offers(asks, chosen.line, chosen.line, choices)
    lines = {
        severity: _line(asker, ask_for(asks, severity, asker.at))
        for severity in (STANDARD, CRITICAL)
    }
    return Offers(asks, lines[STANDARD], lines[CRITICAL])


def _choices(asker: Asker, asks: Asking, terms: Terms) -> list[Choice]:
    worst_first = sorted(terms.severities.values(), key=lambda one: one.rank)
    return [
        Choice(one.key, severity_in(terms, one.key), one, _level_line(asker, asks, terms, one))
        for one in worst_first
    ]


def _level_line(asker: Asker, asks: Asking, terms: Terms, severity: Severity) -> Line:
    """Return what a severity promises: for one that only we set, what it would."""
    if is_set_by_vendor(terms, severity.key):
        ask = ask_for(asks, severity.key, asker.at, opens=False)
        note = _("Only we set this severity. If we do:")
    else:
        ask = ask_for(asks, severity.key, asker.at)
        note = ""
    if is_out_of_reach(severity, asks.asked.environment):
        ask, note = ask_for(asks, severity.key, asker.at), _counts_as(asks, terms, severity)
    return _line(asker, ask, terms, note)


def _counts_as(asks: Asking, terms: Terms, severity: Severity) -> str:
    environment = asks.asked.environment
    other = opening_severity(terms, severity.key, environment)
    return _(
        "This is for production only. About {environment} it counts as {severity}."
    ).format(environment=environment_word(environment), severity=severity_in(terms, other))


def ask_for(asks: Asking, severity: str, at: datetime, *, opens: bool = True) -> Ask:
    """Return the question by which a request like this is judged."""
    asked = asks.asked
    return Ask(
        channel=channel_of(asks, severity),
        surface=asked.surface,
        language=asked.language,
        severity=severity,
        at=at,
        environment=asked.environment,
        product=asked.about_product,
        opens=opens,
    )


def channel_of(asks: Asking, severity: str) -> str:
    """Return the channel of a request: how it was asked, or the form for its severity."""
    return asks.asked.channel or (form_for(asks.terms, severity) if asks.terms else FORM)


def _line(asker: Asker, ask: Ask, terms: Terms | None = None, note: str = "") -> Line:
    offered = offer(asker.facts, ask)
    later = bool(offered.starts_at and offered.starts_at > ask.at)
    severity = ask.under(terms).severity if terms else ask.severity
    reasons = () if offered.kind == "guarantee" else _reasons(asker, offered, severity)
    return Line(
        offered.kind,
        offered.due_at,
        offered.starts_at,
        later,
        reasons,
        _within(offered),
        note,
    )


def _within(offered: Offer) -> str:
    """Return within how long a reply is promised once we set the severity, or nothing."""
    target, terms = offered.verdict.target, offered.terms
    if target is None or terms is None or target.starts == "created":
        return ""
    return allowed_words(terms, target)


def _reasons(asker: Asker, offered: Offer, severity: str) -> tuple[str, ...]:
    refusal = nearest_refusal(offered.verdict.refusals, severity)
    if refusal is None:
        return ()
    contact = asker.contact
    person = contact.name if contact else ""
    customer = contact.customer.name if contact else ""
    told = setting(asker.facts, refusal, person=person, customer=customer, zone=asker.zone)
    return tuple(told_to_customer(told))

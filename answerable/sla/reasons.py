"""Why a promise does not apply, in words: to customers whole sentences, to agents a clause."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, tzinfo
from typing import Any

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from answerable.entitlements.core.eligibility import Facts, Reason, Refusal, Term
from answerable.entitlements.core.plan import Metric, Terms
from answerable.sla.words import (
    environment_word,
    language_names,
    product_word,
    said,
    severity_in,
)

TO_CUSTOMERS = {
    Reason.NO_CONTRACT: gettext_lazy("{customer} has no plan with guaranteed reply times."),
    Reason.CONTRACT_NOT_STARTED: gettext_lazy("{plan} for {customer} starts on {begins}."),
    Reason.CONTRACT_ENDED: gettext_lazy("{plan} for {customer} ended on {ended}."),
    Reason.CONTRACT_SUSPENDED: gettext_lazy("{plan} for {customer} is suspended."),
    Reason.CONTRACT_CANCELLED: gettext_lazy("{plan} for {customer} was cancelled."),
    Reason.PREREQUISITE_MISSING: gettext_lazy(
        "{plan} needs a subscription of the tier {tier}."
    ),
    Reason.UNKNOWN_SENDER: gettext_lazy("Guaranteed times apply once we know who you are."),
    Reason.UNKNOWN_ADDRESS: gettext_lazy(
        "Guaranteed times apply to mail from an address that we know."
    ),
    Reason.NOT_IN_ROLE: gettext_lazy(
        "Guaranteed times apply when a {requester} sends the request."
    ),
    Reason.NOT_DESIGNATED: gettext_lazy(
        "Guaranteed times apply when a {requester} named in the contract sends the request."
    ),
    Reason.NO_PAID_SEAT: gettext_lazy("Guaranteed times need a paid seat."),
    Reason.WRONG_CHANNEL: gettext_lazy("The guarantee needs {channels}."),
    Reason.WRONG_SURFACE: gettext_lazy(
        "The guarantee does not apply to the way this was sent."
    ),
    Reason.WRONG_LANGUAGE: gettext_lazy("Guaranteed times apply to requests in {languages}."),
    Reason.OTHER_ENVIRONMENT: gettext_lazy("Guaranteed times apply to {environments}."),
    Reason.OTHER_PRODUCT: gettext_lazy("Guaranteed times apply to {products}."),
    Reason.NOT_PRODUCTION: gettext_lazy("{severity} is for production only."),
    Reason.LESS_SPECIFIC: gettext_lazy("{plan} says something else for this kind of request."),
}
TO_AGENTS = {
    Reason.NO_CONTRACT: gettext_lazy("{customer} has no contract"),
    Reason.CONTRACT_NOT_STARTED: gettext_lazy("the contract of {customer} starts on {begins}"),
    Reason.CONTRACT_ENDED: gettext_lazy("the contract of {customer} ended on {ended}"),
    Reason.CONTRACT_SUSPENDED: gettext_lazy("the contract of {customer} is suspended"),
    Reason.CONTRACT_CANCELLED: gettext_lazy("the contract of {customer} was cancelled"),
    Reason.PREREQUISITE_MISSING: gettext_lazy(
        "{customer} has no subscription of the tier {tier}, which {plan} needs"
    ),
    Reason.UNKNOWN_SENDER: gettext_lazy("sent by {person}, whom we do not know"),
    Reason.UNKNOWN_ADDRESS: gettext_lazy("sent from an address that we did not know"),
    Reason.NOT_IN_ROLE: gettext_lazy("sent by {person}, who is not a {requester}"),
    Reason.NOT_DESIGNATED: gettext_lazy("sent by {person}, whom the contract does not name"),
    Reason.NO_PAID_SEAT: gettext_lazy("sent by {person}, who has no paid seat"),
    Reason.WRONG_CHANNEL: gettext_lazy("the guarantee needs {channels}"),
    Reason.WRONG_SURFACE: gettext_lazy("the guarantee does not apply to the way this was sent"),
    Reason.WRONG_LANGUAGE: gettext_lazy("written in a language other than {languages}"),
    Reason.OTHER_ENVIRONMENT: gettext_lazy("not about {environments}"),
    Reason.OTHER_PRODUCT: gettext_lazy("not about {products}"),
    Reason.NOT_PRODUCTION: gettext_lazy("{severity} is for production only"),
    Reason.LESS_SPECIFIC: gettext_lazy("another row of {plan} fits this request better"),
}
# Of two that say the same to a reader, the first is enough.
SAYS_MORE = {
    Reason.NOT_DESIGNATED: Reason.NOT_IN_ROLE,
    Reason.WRONG_SURFACE: Reason.WRONG_CHANNEL,
}


@dataclass(frozen=True, slots=True)
class Setting:
    """The names and facts that sentences about a refused promise are made of."""

    refusal: Refusal
    person: str
    customer: str
    zone: tzinfo
    terms: Terms | None = None
    term: Term | None = None


def setting(
    facts: Facts, refusal: Refusal, *, person: str, customer: str, zone: tzinfo
) -> Setting:
    """Return what the sentences about a refusal need, from the facts it was decided on."""
    under = [bought for bought in facts.bought if bought.version == refusal.version]
    terms, term = (under[0].terms, under[0].term) if under else (None, None)
    return Setting(refusal, person, customer, zone, terms, term)


def read_refusals(rows: Iterable[Mapping[str, Any]]) -> tuple[Refusal, ...]:
    """Return the refusals of a stored decision as the values they were."""
    return tuple(
        Refusal(
            row["version"],
            row["target"],
            row["kind"],
            row["severity"],
            tuple(Reason(reason) for reason in row["reasons"]),
            metric=row.get("metric", Metric.FIRST_RESPONSE),
        )
        for row in rows
    )


def nearest_refusal(refusals: Sequence[Refusal], severity: str) -> Refusal | None:
    """Return the guarantee that was closest to applying, the one worth explaining, or None.

    A promise for another severity is no answer to “why not?”.
    """
    fitting = [
        refusal
        for refusal in refusals
        if refusal.kind in {"guarantee", None}
        and refusal.metric == Metric.FIRST_RESPONSE
        and refusal.severity in {severity, None}
    ]
    return min(fitting, key=lambda refusal: len(refusal.reasons), default=None)


def told_to_customer(setting: Setting) -> list[str]:
    """Return sentences that say why there is no guarantee, and what would change it."""
    values = _values(setting)
    reasons = _worth_saying(setting.refusal)
    return [capfirst(str(TO_CUSTOMERS[reason]).format(**values)) for reason in reasons]


def told_to_agent(setting: Setting) -> str:
    """Return the same as one clause: “sent by Sam Ortiz, who is not a Super Admin”."""
    values = _values(setting)
    reasons = _worth_saying(setting.refusal)
    return "; ".join(str(TO_AGENTS[reason]).format(**values) for reason in reasons)


def _worth_saying(refusal: Refusal) -> list[Reason]:
    there = set(refusal.reasons)
    return [
        reason
        for reason in refusal.reasons
        if reason in TO_CUSTOMERS and SAYS_MORE.get(reason) not in there
    ]


def _values(setting: Setting) -> dict[str, str]:
    known = {
        "person": setting.person,
        "customer": setting.customer or setting.person,
        "plan": setting.terms.name if setting.terms else _("the plan"),
        "begins": _date(setting.term.starts_at if setting.term else None, setting.zone),
        "ended": _date(setting.term.ends_at if setting.term else None, setting.zone),
        "requester": _("Super Admin"),
        "channels": _("the request form"),
        "tier": "",
        "languages": "",
        "environments": "",
        "products": "",
        "severity": "",
    }
    return known | (_of_plan(setting.terms, setting.refusal) if setting.terms else {})


def _of_plan(terms: Terms, refusal: Refusal) -> dict[str, str]:
    if refusal.target is None:
        return {}
    target = terms.target(refusal.target)
    channels = [said(terms.channels[key].name) for key in target.channels]
    return {
        "requester": said(terms.requesters[target.requester].name),
        "channels": _(" or ").join(channels),
        "tier": (terms.tier or "").title(),
        "languages": language_names(target.languages or terms.languages),
        "environments": _(" or ").join(map(environment_word, target.environments)),
        "products": _(" or ").join(map(product_word, target.products)),
        "severity": severity_in(terms, target.severity or ""),
    }


def _date(instant: datetime | None, zone: tzinfo) -> str:
    return dateformat.format(instant.astimezone(zone), _("j F Y")) if instant else ""

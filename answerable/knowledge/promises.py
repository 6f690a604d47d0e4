"""What a plan promises, as the table that stands in articles: live, never typed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from answerable.accounts.models import Contact
from answerable.entitlements.core.eligibility import in_force
from answerable.entitlements.core.plan import Kind, Metric, Target, Terms
from answerable.entitlements.models import PlanVersion
from answerable.entitlements.queries import facts_about
from answerable.knowledge.access import Person
from answerable.sla.words import allowed_words, said, severity_in


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the table: what is asked, by whom, which way, and what a reply is promised."""

    request: str
    who: str
    ways: str
    kind: str
    within: str


@dataclass(frozen=True, slots=True)
class Promises:
    """What a plan promises on first replies. `own`: it is what the reader has bought."""

    plan: str
    own: bool
    rows: tuple[Row, ...]


def promises_for(person: Person, plan: str, at: datetime) -> Promises | None:
    """Return what the reader's contract promises at an instant, else what the vendor sells.

    `plan` names the plan that is meant, where it is one of several. None without any.
    """
    own = _bought(person, plan, at)
    terms = own or _sold(plan, at)
    if terms is None:
        return None
    rows = (_row(terms, target) for target in terms.of_metric(Metric.FIRST_RESPONSE))
    return Promises(terms.name, own is not None, tuple(rows))


def _bought(person: Person, plan: str, at: datetime) -> Terms | None:
    """Return the plan that a contact's customer has: the one that is named, else the last."""
    if not isinstance(person, Contact):
        return None
    held = [
        one.terms
        for one in in_force(facts_about(person).bought, at)
        if one.status == "active" and one.term.covers(at)
    ]
    named = [terms for terms in held if terms.key == plan]
    return next(reversed(named or held), None)


def _sold(plan: str, at: datetime) -> Terms | None:
    """Return the newest terms of a plan that is sold: the one that is named, else the first.

    So the next plan that a vendor sells changes no article.
    """
    sold = PlanVersion.objects.filter(effective_from__lte=at, plan__retired_at=None)
    named = sold.filter(plan__key=plan) if plan else sold
    newest = named.order_by("plan", "-effective_from", "-pk").first()
    return newest.terms if newest else None


def _row(terms: Terms, target: Target) -> Row:
    requester = terms.requesters[target.requester]
    ways = [said(terms.channels[key].name) for key in target.channels if key in terms.channels]
    pattern = (
        _("Guaranteed within {time}")
        if target.kind == Kind.GUARANTEE
        else _("We aim for {time}. This is not a guarantee.")
    )
    return Row(
        severity_in(terms, target.severity) if target.severity else _("any"),
        said(requester.name),
        ", ".join(ways) or _("any way"),
        target.kind.value,
        pattern.format(time=allowed_words(terms, target)),
    )

"""Which severity a request has, by what was said of it and what it is about. Pure.

Whether somebody may change it later, the plan's reclassification says.
"""

from __future__ import annotations

from collections.abc import Iterable

from answerable.entitlements.core.plan import CLAIMED, Metric, Severity, Start, Terms

PRODUCTION = "production"
FORM, EMERGENCY_FORM = "form", "emergency_form"
TWO = frozenset({CLAIMED, "standard"})


def offers_choice(terms: Terms) -> bool:
    """Say whether a customer chooses among severities: not where they only make the claim."""
    return set(terms.severities) != TWO


def is_out_of_reach(severity: Severity, environment: str) -> bool:
    """Say whether what a request is about keeps it from a severity (domain.md E47).

    Where nobody said what it is about, nothing keeps it.
    """
    return severity.production_only and environment not in {"", PRODUCTION}


def capped(terms: Terms, severity: str, environment: str) -> str:
    """Return a severity, or the worst that a request about this environment can have (E47).

    The default one where every milder one is for production only.
    """
    known = terms.severities.get(severity)
    if known is None or not is_out_of_reach(known, environment):
        return severity
    milder = [
        one
        for one in terms.severities.values()
        if one.rank > known.rank and not is_out_of_reach(one, environment)
    ]
    worst = min(milder, key=lambda one: one.rank, default=None)
    return worst.key if worst else terms.default_severity


def severities_open(terms: Terms, environment: str) -> list[str]:
    """Return the severities that a request about this environment can have, the worst first."""
    return [
        key
        for key, severity in sorted(terms.severities.items(), key=lambda one: one[1].rank)
        if not is_out_of_reach(severity, environment)
    ]


def form_for(terms: Terms, severity: str) -> str:
    """Return by which form a request of a severity is sent: the emergency form, where its first
    reply is promised on that one only."""
    rows = [row for row in terms.of_metric(Metric.FIRST_RESPONSE) if row.severity == severity]
    ways = [way for row in rows for way in row.channels or (FORM,)]
    return EMERGENCY_FORM if EMERGENCY_FORM in ways and FORM not in ways else FORM


def is_set_by_vendor(terms: Terms, severity: str) -> bool:
    """Say whether a severity holds only once we set it: the customer's word would promise it.

    One whose first reply counts from when we set it is the ticket's all the same.
    """
    known = terms.severities.get(severity)
    rows = [row for row in terms.of_metric(Metric.FIRST_RESPONSE) if row.severity == severity]
    at_once = any(row.starts == Start.CREATED for row in rows)
    return known is not None and known.set_by == "vendor" and at_once


def opening_severity(terms: Terms, said: str, environment: str) -> str:
    """Return the severity with which a request opens of which this was said; "" is nothing.

    The plan's default where it knows no such severity, or where only we set it.
    """
    if said not in terms.severities or is_set_by_vendor(terms, said):
        said = terms.default_severity
    return capped(terms, said, environment)


def environments_asked(plans: Iterable[Terms]) -> tuple[str, ...]:
    """Return the environments on which a promise depends, production first; () for none.

    Those that a row names, and production where a severity is for production only.
    """
    found: dict[str, None] = {}
    for terms in plans:
        found |= dict.fromkeys(name for target in terms.targets for name in target.environments)
        if any(severity.production_only for severity in terms.severities.values()):
            found[PRODUCTION] = None
    return tuple(sorted(found, key=lambda name: name != PRODUCTION))

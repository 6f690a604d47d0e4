"""Who answers a customer that asked for another look, and with what. Pure."""

from __future__ import annotations

from answerable.entitlements.core.plan import Terms
from answerable.entitlements.core.severities import is_out_of_reach

LEADS = ("lead", "administrator")


def may_answer(role: str) -> bool:
    """Say whether an agent of a role may answer: a lead, or an administrator."""
    return role in LEADS


def severities_at_least(terms: Terms | None, severity: str, environment: str) -> list[str]:
    """Return a severity and those that are worse, the worst first, as far as what the request
    is about can have them. Without terms it is the severity alone."""
    if terms is None:
        return [severity]
    worse = [
        one
        for one in terms.severities.values()
        if one.rank < terms.rank(severity) and not is_out_of_reach(one, environment)
    ]
    return [*(one.key for one in sorted(worse, key=lambda one: one.rank)), severity]

"""What a ticket is promised after its severity changed, from what was decided at first."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from answerable.entitlements.core.plan import Metric, Target, Terms
from answerable.entitlements.core.specific import most_specific

# What is decided anew: whether the row is for this severity, and which of those that fit wins.
OPEN_AGAIN = {"other_severity", "less_specific"}


def target_for(
    terms: Terms,
    refused: Mapping[str, Collection[str]],
    severity: str,
    metric: str = Metric.FIRST_RESPONSE,
) -> Target | None:
    """Return the row of a metric that applies at another severity, or None.

    The class of the person, the channel, the language, the environment and the product are
    judged once, at the opening (domain.md E21): `refused` has the reasons against each row
    then.
    """
    fitting = [
        target
        for target in terms.of_metric(metric)
        if set(refused.get(target.key, ())) <= OPEN_AGAIN
        and target.severity in (None, severity)
    ]
    return most_specific(fitting, terms.requesters).get(metric)

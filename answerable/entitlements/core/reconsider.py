"""What a ticket is promised after its severity changed, from what was decided at first."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta

from answerable.entitlements.core.plan import Kind, Target, Terms

OTHER_SEVERITY = "other_severity"


def target_for(
    terms: Terms, refused: Mapping[str, Collection[str]], severity: str
) -> Target | None:
    """Return the target that applies at another severity, or None.

    The class of the person, the channel and the language are judged once, at the opening
    (domain.md E21): `refused` has the reasons against each target then.
    """
    fitting = [
        target
        for target in terms.targets
        if target.metric == "first_response"
        and set(refused.get(target.key, ())) <= {OTHER_SEVERITY}
        and target.severity in (None, severity)
    ]
    return min(fitting, key=_rank, default=None)


def _rank(target: Target) -> tuple[bool, timedelta]:
    return (target.kind != Kind.GUARANTEE, target.within)

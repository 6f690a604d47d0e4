"""Which row of a plan wins where several fit: the most specific one. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from answerable.entitlements.core.plan import Requester, Target


def specificity(target: Target, requesters: Mapping[str, Requester]) -> int:
    """Return how much a row asks for: its named dimensions, and each fact of its requester."""
    named = (
        target.severity,
        target.channels,
        target.languages,
        target.environments,
        target.products,
    )
    return sum(map(bool, named)) + requesters[target.requester].facts


def most_specific(
    fitting: Iterable[Target], requesters: Mapping[str, Requester]
) -> dict[str, Target]:
    """Return for each metric the most specific of the rows that fit, by metric.

    A published plan has no ties (see `ties`).
    """
    chosen: dict[str, Target] = {}
    for target in fitting:
        so_far = chosen.get(target.metric)
        if so_far is None or specificity(so_far, requesters) < specificity(target, requesters):
            chosen[target.metric] = target
    return chosen


def ties(
    targets: Sequence[Target], requesters: Mapping[str, Requester]
) -> list[tuple[Target, Target]]:
    """Return the pairs of rows that one request may fit alike, so that neither wins."""
    return [
        (one, other)
        for one, other in combinations(targets, 2)
        if one.metric == other.metric
        and specificity(one, requesters) == specificity(other, requesters)
        and meet(one, other, requesters)
    ]


def meet(one: Target, other: Target, requesters: Mapping[str, Requester]) -> bool:
    """Say whether one request can fit both rows."""
    if one.severity and other.severity and one.severity != other.severity:
        return False
    named = (
        (one.channels, other.channels),
        (one.languages, other.languages),
        (one.environments, other.environments),
        (one.products, other.products),
    )
    if any(a and b and not set(a) & set(b) for a, b in named):
        return False
    first, second = requesters[one.requester], requesters[other.requester]
    facts = ((first.role, second.role), (first.seat, second.seat))
    return not any(a and b and a != b for a, b in facts)


def covers(row: Target, other: Target) -> bool:
    """Say whether a row fits every request that another fits, whatever its severity."""
    named = (
        (row.channels, other.channels),
        (row.languages, other.languages),
        (row.environments, other.environments),
        (row.products, other.products),
    )
    return row.requester == other.requester and all(
        not mine or (theirs and set(theirs) <= set(mine)) for mine, theirs in named
    )

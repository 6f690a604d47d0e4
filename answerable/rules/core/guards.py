"""What keeps rules from running in circles. Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

LONGEST_CHAIN = 5


@dataclass(frozen=True, slots=True)
class Origin:
    """Which rules led to a line of the log, the first one first; none: a person did."""

    chain: tuple[int, ...] = ()

    @property
    def depth(self) -> int:
        """How many rules lie between a person and this."""
        return len(self.chain)


class Guard(StrEnum):
    """Why a rule that holds does nothing."""

    ITSELF = "itself"
    CHAIN = "chain"
    TOO_MANY = "too_many"
    PAUSED = "paused"
    MERGED = "merged"


def origin_of(data: object) -> Origin:
    """Return the origin that a line of the log carries."""
    cause = data.get("cause") if isinstance(data, Mapping) else None
    chain = cause.get("chain") if isinstance(cause, Mapping) else None
    numbers = chain if isinstance(chain, list) else []
    return Origin(tuple(one for one in numbers if isinstance(one, int)))


def stopped_by(
    rule: int, origin: Origin, *, acts: int, wanted: int, most: int, is_paused: bool
) -> Guard | None:
    """Return what keeps a rule from acting, or None.

    `acts` is what rules did on the ticket in the last hour, `wanted` what this one would add,
    `most` what they may do. A rule is never woken by itself, also not through others.
    """
    if is_paused:
        return Guard.PAUSED
    if rule in origin.chain:
        return Guard.ITSELF
    if origin.depth >= LONGEST_CHAIN:
        return Guard.CHAIN
    return Guard.TOO_MANY if acts + wanted > most else None

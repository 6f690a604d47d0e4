"""What is expected to come in: drawn from the same hour of the weeks before. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from math import exp, inf
from random import Random

LEAST_WEEKS, MOST_WEEKS = 4, 8
BIN = 10  # minutes
# Below this many a draw counts one by one; above it a normal distribution is as good.
MANY = 60


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something that comes in: after how many minutes, and how many minutes it may take until
    a reply; None where nothing is guaranteed."""

    after: float
    within: float | None

    @property
    def due(self) -> float:
        """In how many minutes from now it is due; never, where nothing is guaranteed."""
        return inf if self.within is None else self.after + self.within


@dataclass(frozen=True, slots=True)
class Expected:
    """What came in the same hour of the weeks before, one count a week, and what it was.

    `surprise` is by how much more came lately than was expected: 1.0 as expected.
    """

    counts: Sequence[int] = ()
    pool: Sequence[Arrival] = field(default_factory=tuple)
    surprise: float = 1.0

    @property
    def mean(self) -> float:
        """How many come in an hour, as the weeks before say."""
        return sum(self.counts) / len(self.counts) if self.counts else 0.0

    @property
    def is_enough(self) -> bool:
        """Whether there are weeks enough to forecast from (ux.md 9)."""
        return len(self.counts) >= LEAST_WEEKS

    def draw(self, chance: Random) -> list[Arrival]:
        """Return one hour as it may come, the first arrival first.

        Weeks differ by more than chance alone: the mean itself is drawn from how they differ.
        After a surprise, any mean between the expected and the surprising one may hold.
        """
        if not self.pool:
            return []
        mean = self._mean(chance) * chance.uniform(1.0, max(1.0, self.surprise))
        many = poisson(mean, chance)
        drawn = (chance.choice(self.pool) for _ in range(many))
        moved = (Arrival(one.after + chance.uniform(0, BIN), one.within) for one in drawn)
        return sorted(moved, key=lambda one: one.after)

    def _mean(self, chance: Random) -> float:
        weeks, mean = len(self.counts), self.mean
        differ = sum((count - mean) ** 2 for count in self.counts) / max(1, weeks - 1)
        # That the mean is known from a few weeks only, and that weeks differ beyond chance.
        variance = mean / weeks + max(0.0, differ - mean)
        return chance.gammavariate(mean**2 / variance, variance / mean)


def poisson(mean: float, chance: Random) -> int:
    """Return a draw of how many come where so many come on average."""
    if mean > MANY:
        return max(0, round(chance.gauss(mean, mean**0.5)))
    ends, product, many = exp(-mean), chance.random(), 0
    while product > ends:
        product *= chance.random()
        many += 1
    return many


def surprise_of(came: int, low: int, high: int) -> float:
    """Return by how much more came than was expected: 1.0 where it lies in the range."""
    if came <= high:
        return 1.0
    return came / max(1.0, (low + high) / 2)

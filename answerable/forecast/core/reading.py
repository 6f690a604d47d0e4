"""What many futures come to: ranges, how many people are needed, and what would help. Pure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from math import ceil

from answerable.forecast.core.running import Future, Load, Person, misses

LOW, HIGH = 0.1, 0.9  # 80 of 100 lie between
BLOCK, BLOCKS = 10, 7  # the first and the last are cut by the hour
MOST_PEOPLE = 64
TRIED = 100  # futures are enough to compare: they are the same for all that is compared
FIXES = 2
WORTH = 0.25  # of a promise, on average: whoever keeps less makes no difference


@dataclass(frozen=True, slots=True)
class Range:
    """Between what 80 of 100 lie, and what the middle half lies between."""

    low: int
    high: int
    likely_low: int
    likely_high: int
    mean: float


@dataclass(frozen=True, slots=True)
class Change:
    """Something that a lead may ask for: its key, and who would be there with it, or the
    futures as they would be, of which as many are made as are asked for."""

    key: str
    people: Sequence[Person] | None = None
    futures: Callable[[int], Sequence[Future]] | None = None

    def misses(
        self, futures: Sequence[Future], people: Sequence[Person], load: Load
    ) -> list[int]:
        """Return what would be missed with it, where else these futures and people are."""
        changed = self.futures(len(futures)) if self.futures else futures
        return misses(changed, people if self.people is None else self.people, load)


def range_of(counts: Sequence[int]) -> Range:
    """Return the range of what many futures came to."""
    ordered = sorted(counts)

    def at(share: float) -> int:
        return ordered[min(len(ordered) - 1, max(0, ceil(share * len(ordered)) - 1))]

    mean = sum(ordered) / len(ordered)
    return Range(at(LOW), at(HIGH), at(0.25), at(0.75), mean)


def needed(futures: Sequence[Future], load: Load) -> int:
    """Return the fewest people with whom as much is kept as with any number of people, but for
    a quarter of a promise.

    Since somebody more never makes it worse, it is looked for by halving.
    """
    some = futures[:TRIED]
    enough = _with(some, MOST_PEOPLE, load) + WORTH
    low, high = 0, MOST_PEOPLE
    while low < high:
        middle = (low + high) // 2
        if _with(some, middle, load) <= enough:
            high = middle
        else:
            low = middle + 1
    return high


def _with(futures: Sequence[Future], people: int, load: Load) -> float:
    return _mean(misses(futures, [Person(takes=True)] * people, load))


def fixes(
    changes: Sequence[Change], futures: Sequence[Future], people: Sequence[Person], load: Load
) -> list[tuple[str, Range]]:
    """Return the changes that help most, with the range that each leads to; the best first.

    All are tried on the same futures. What keeps less than a quarter of a promise is none.
    """
    before = _mean(misses(futures[:TRIED], people, load))
    tried = []
    for change in changes:
        after = _mean(change.misses(futures[:TRIED], people, load))
        if before - after >= WORTH:
            tried.append((after, change))
    best = sorted(tried, key=lambda pair: pair[0])[:FIXES]
    return [(one.key, range_of(one.misses(futures, people, load))) for _, one in best]


def _mean(counts: Sequence[int]) -> float:
    return sum(counts) / len(counts)


def expected_due(futures: Sequence[Future], begun: float) -> list[float]:
    """Return how many promises that are not there yet fall due in each ten minutes, on
    average; `begun` is how many minutes of the first ten have passed."""
    blocks = [0.0] * BLOCKS
    for future in futures:
        for task in future.tasks:
            if task.ready > 0 and task.counts:
                blocks[min(BLOCKS - 1, int((task.due + begun) // BLOCK))] += 1 / len(futures)
    return [round(block, 2) for block in blocks]


def share_inside(rows: Sequence[tuple[int, int, int]]) -> int | None:
    """Return in how many of 100 forecasts (low, high, what came) the range held what came;
    None without any."""
    if not rows:
        return None
    inside = sum(low <= came <= high for low, high, came in rows)
    return round(100 * inside / len(rows))

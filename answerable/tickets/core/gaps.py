"""Numbers of the log that are missing below a mark: whose lines may still be committed.

Numbers are given out in order, and lines are committed in any. A number that is missing can
come only from a transaction that was writing lines when it was found missing: once all of those
are over, and it still is not there, it never comes.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

Writers = frozenset[str]


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers in a row that were not there, and who was writing lines then."""

    first: int
    last: int
    holders: Writers = frozenset()


@dataclass(frozen=True, slots=True)
class Look:
    """What was there at one instant, of gaps and above a mark.

    Nobody looked above `seen`. `newest` is a line that was there just before, `living` who was
    writing lines just before.
    """

    there: Collection[int]
    seen: int
    newest: int
    living: Writers


def moved(
    upto: int, gaps: Sequence[Gap], look: Look, *, writing: Callable[[], Writers]
) -> tuple[int, list[Gap]]:
    """Return the mark after a look, and all that is missing below it.

    `writing` says who writes lines now: whoever may bring what was missing at the look.
    """
    left = [part for gap in gaps for part in _left(gap, look)]
    above = max((*look.there, look.newest))
    after = max(upto, min(look.seen, above))
    stretches = list(missing(upto, after, look.there))
    holders = writing() if stretches else frozenset()
    return after, [*left, *(Gap(first, last, holders) for first, last in stretches)]


def missing(after: int, upto: int, there: Iterable[int]) -> Iterator[tuple[int, int]]:
    """Return the first and last of each stretch of numbers above `after`, to `upto` and with
    it, that are not there. Others may be there too."""
    begin = after + 1
    for number in sorted(number for number in there if after < number <= upto):
        if begin < number:
            yield begin, number - 1
        begin = number + 1
    if begin <= upto:
        yield begin, upto


def _left(gap: Gap, look: Look) -> Iterator[Gap]:
    """Return what is left of a gap: what somebody may still bring, or nobody looked at."""
    if holders := gap.holders & look.living:
        for first, last in missing(gap.first - 1, min(gap.last, look.seen), look.there):
            yield Gap(first, last, holders)
    if gap.last > look.seen:
        yield Gap(max(gap.first, look.seen + 1), gap.last, gap.holders)

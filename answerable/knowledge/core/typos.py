"""Which words may have been meant by one that no article has.

Two words are near if they become the same by taking letters out of each. So a word is kept
with its shapes, the forms it has without one or two of its first letters, and near words are
found by the shapes that they share: by an index, without looking at any other word. The method
is that of W. Garbe's SymSpell.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

SHORTEST = 4  # of three letters, any other three are near
LONG = 7  # from so many letters on a word may have two mistakes
PREFIX = 8


def allowed(word: str) -> int:
    """Return how many mistakes a word of this length may have."""
    if len(word) < SHORTEST or word.isdigit():
        return 0
    return 2 if len(word) >= LONG else 1


def shapes(word: str) -> list[str]:
    """Return the forms by which a word is found when it is misspelt, itself among them.

    Only its first eight letters take part: a mistake behind them changes no shape.
    """
    head = word[:PREFIX]
    return sorted(
        {shape for taken in range(allowed(word) + 1) for shape in _without(head, taken)}
    )


def shapes_in(language: str, word: str) -> list[str]:
    """Return the shapes as the index keeps them: those of one language are apart."""
    return [f"{language}:{shape}" for shape in shapes(word)]


def distance(one: str, other: str) -> int:
    """Return how many letters were left out, put in, changed, or swapped with the next."""
    before, above = list[int](), list(range(len(other) + 1))
    for row, letter in enumerate(one, start=1):
        line = [row]
        for column, facing in enumerate(other, start=1):
            cost = min(
                above[column] + 1, line[column - 1] + 1, above[column - 1] + (letter != facing)
            )
            if (
                row > 1
                and column > 1
                and letter == other[column - 2]
                and facing == one[row - 2]
            ):
                cost = min(cost, before[column - 2] + 1)
            line.append(cost)
        before, above = above, line
    return above[-1]


def nearest(word: str, known: Iterable[str], most: int = 3) -> list[str]:
    """Return the known words that may have been meant, nearest first; none too far away.

    Only the nearest kind is returned: where one mistake explains a word, two do not. Who
    mistypes a short word rarely does so at its first letter: "fast" is not "last".
    """
    likely = (each for each in known if len(word) >= LONG or _begin_alike(word, each))
    far = ((distance(word, each), each[:1] != word[:1], each) for each in likely)
    within = sorted(each for each in far if each[0] <= min(allowed(word), allowed(each[2])))
    return [each for mistakes, _, each in within if mistakes == within[0][0]][:most]


def _begin_alike(one: str, other: str) -> bool:
    """Whether two words have the same first letter, or their first two swapped."""
    return one[:1] == other[:1] or one[:2] == other[1::-1]


def _without(head: str, taken: int) -> Iterable[str]:
    for places in combinations(range(len(head)), taken):
        yield "".join(letter for at, letter in enumerate(head) if at not in places)

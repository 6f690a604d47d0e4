"""The passage that answers best, with the words that were asked for marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from answerable.knowledge.core.words import tokens

MOST_LETTERS = 280
BEFORE = 60  # letters of lead-in before the first marked word


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of an article: its words and the headings above it, and of the terms that were
    asked for those that it has, and those that the headings have."""

    position: int
    anchor: str
    headings: str
    words: str
    terms: Collection[str]
    heading_terms: Collection[str]


def best(passages: Sequence[Said], says: Mapping[str, float]) -> Said | None:
    """Return the passage that says most of what was asked; the earlier one of equals.

    `says` is how much each term says. What stands only in the headings above a passage counts
    half. None of no passages.
    """

    def weight(said: Said) -> float:
        above = set(said.heading_terms) - set(said.terms)
        return sum(map(says.__getitem__, said.terms)) + sum(map(says.__getitem__, above)) / 2

    return max(passages, key=lambda said: (weight(said), -said.position), default=None)


def marked(words: str, wanted: Collection[str], most: int = MOST_LETTERS) -> str:
    """Return a text as HTML, escaped, with `<mark>` around the words that are wanted.

    `wanted` are folded words. A text that is longer than `most` letters is
    cut to where they stand closest, between words, with an ellipsis at each cut.
    """
    found = _wanted(words, wanted)
    start, end = _window(words, found, most)
    pieces, place = ["… "] if start else [], start
    for begun, ended in found:
        if start <= begun and ended <= end and begun >= place:
            pieces += [escape(words[place:begun]), f"<mark>{escape(words[begun:ended])}</mark>"]
            place = ended
    pieces += [escape(words[place:end]), " …" if end < len(words) else ""]
    return "".join(pieces)


def _wanted(words: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Return where wanted words stand; pairs of letters that overlap are one stretch."""
    found: list[tuple[int, int]] = []
    for token in tokens(words):
        if token.folded in wanted:
            if found and token.start < found[-1][1]:
                found[-1] = (found[-1][0], token.end)
            else:
                found.append((token.start, token.end))
    return found


def _window(words: str, found: Sequence[tuple[int, int]], most: int) -> tuple[int, int]:
    """Return the stretch of at most so many letters that has most of what was found."""
    if len(words) <= most:
        return 0, len(words)
    starts = [max(0, begun - BEFORE) for begun, _ in found] or [0]
    first = max(starts, key=lambda at: (_within(found, at, at + most), -at))
    start = _after_space(words, min(first, len(words) - most))
    end = start + most
    return start, len(words) if end >= len(words) else _before_space(words, start, end)


def _within(found: Sequence[tuple[int, int]], start: int, end: int) -> int:
    return sum(start <= begun and ended <= end for begun, ended in found)


def _after_space(words: str, at: int) -> int:
    space = words.find(" ", at, at + BEFORE // 2) if at else -1
    return space + 1 if space >= 0 else at


def _before_space(words: str, start: int, at: int) -> int:
    space = words.rfind(" ", start + 1, at + 1)
    return space if space > start else at

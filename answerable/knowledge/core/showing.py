"""The passage that answers best, with the words that were asked for marked."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from html import escape

from answerable.knowledge.core.words import Token, codes, tokens

MOST_LETTERS = 280
BEFORE = 60  # letters of lead-in before the first marked word
FURTHER = 0.2  # what another mention of the same term adds


@dataclass(frozen=True, slots=True)
class Said:
    """A passage of an article: its words, and the headings above it."""

    position: int
    anchor: str
    headings: str
    words: str


def best(
    passages: Sequence[Said], terms: Mapping[str, str], rarities: Mapping[str, float]
) -> Said | None:
    """Return the passage that says most of what was asked; the earlier one of equals.

    `terms` is the term of each folded word that was asked for, `rarities` how much each term
    says. What stands in the headings above a passage counts half. None of no passages.
    """
    if not passages:
        return None
    return max(passages, key=lambda said: (_says(said, terms, rarities), -said.position))


def marked(words: str, wanted: Collection[str], most: int = MOST_LETTERS) -> str:
    """Return a text as HTML, escaped, with `<mark>` around the words that are wanted.

    `wanted` are folded words and terms of codes. A text that is longer than `most` letters is
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


def _says(said: Said, terms: Mapping[str, str], rarities: Mapping[str, float]) -> float:
    def weight(text: str) -> float:
        seen: dict[str, float] = {}
        for word in [*(each.folded for each in tokens(text)), *codes(text)]:
            if term := terms.get(word):
                seen[term] = seen[term] + FURTHER if term in seen else 1.0
        return sum(min(times, 2.0) * rarities.get(term, 0.0) for term, times in seen.items())

    return weight(said.words) + weight(said.headings) / 2


def _wanted(words: str, wanted: Collection[str]) -> list[tuple[int, int]]:
    """Return where wanted words stand; pairs of letters that overlap are one stretch."""
    found: list[tuple[int, int]] = []
    for token in tokens(words):
        if _is_wanted(token, wanted):
            if found and token.start < found[-1][1]:
                found[-1] = (found[-1][0], token.end)
            else:
                found.append((token.start, token.end))
    return found


def _is_wanted(token: Token, wanted: Collection[str]) -> bool:
    return token.folded in wanted


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

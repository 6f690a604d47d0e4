"""Two texts line by line: what was taken away, what was added, what stayed. Pure."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

SAME, ADDED, GONE, SKIPPED = "same", "added", "gone", "skipped"
AROUND = 2


@dataclass(frozen=True, slots=True)
class Line:
    """A line, and whether it is the same in both, was added or is gone.

    Of a stretch that is the same in both, `skipped` stands for its middle; `count` is how many.
    """

    kind: str
    words: str = ""
    count: int = 0


def line_changes(before: str, after: str, *, around: int = AROUND) -> list[Line]:
    """Return the lines of two texts, with `around` lines of what is the same at each change."""
    old, new = before.split("\n"), after.split("\n")
    matcher = difflib.SequenceMatcher(None, old, new, autojunk=False)
    lines: list[Line] = []
    opcodes = matcher.get_opcodes()
    for number, (what, old_from, old_to, new_from, new_to) in enumerate(opcodes):
        if what == "equal":
            is_last = number == len(opcodes) - 1
            lines += _same(
                old[old_from:old_to], around if number else 0, 0 if is_last else around
            )
        else:
            lines += [Line(GONE, words) for words in old[old_from:old_to]]
            lines += [Line(ADDED, words) for words in new[new_from:new_to]]
    return lines


def _same(lines: Sequence[str], head: int, tail: int) -> Iterator[Line]:
    left_out = len(lines) - head - tail
    if left_out <= 1:
        yield from (Line(SAME, words) for words in lines)
        return
    yield from (Line(SAME, words) for words in lines[:head])
    yield Line(SKIPPED, count=left_out)
    yield from (Line(SAME, words) for words in lines[len(lines) - tail :])

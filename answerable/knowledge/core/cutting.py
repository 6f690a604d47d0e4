"""An article cut into passages, short enough to be read at a glance."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

MOST_LETTERS = 600
SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])")  # East Asia's have no space


@dataclass(frozen=True, slots=True)
class Section:
    """What stands below a heading: its level, anchor and words, and a line for each block.

    Above the first heading the level is 0.
    """

    level: int
    anchor: str
    title: str
    words: str


@dataclass(frozen=True, slots=True)
class Cut:
    """A passage: the headings above it, the anchor of the nearest one, and its words."""

    anchor: str
    headings: tuple[str, ...]
    words: str


def cut(article: Iterable[Section]) -> list[Cut]:
    """Return the passages of an article in their order.

    A heading begins a new one; paragraphs stand together for as long as they are short. A
    heading without words is a passage all the same: it may be what somebody looks for.
    """
    found, above = [], dict[int, str]()
    for section in article:
        above = {level: title for level, title in above.items() if level < section.level}
        if section.title:
            above[section.level] = section.title
        headings = tuple(above.values())
        found += [Cut(section.anchor, headings, words) for words in _grouped(section)]
    return found


def _grouped(section: Section) -> Sequence[str]:
    """Return blocks put together, and cut where one alone is too long."""
    groups: list[str] = []
    for piece in (piece for block in section.words.splitlines() for piece in _pieces(block)):
        if groups and len(groups[-1]) + len(piece) < MOST_LETTERS:
            groups[-1] = f"{groups[-1]} {piece}"
        else:
            groups.append(piece)
    return groups or [""] * bool(section.title)


def _pieces(block: str) -> Iterator[str]:
    """Give a block in sentences, where it is too long; a sentence without end between words."""
    for sentence in SENTENCE.split(block) if len(block) > MOST_LETTERS else [block]:
        rest = " ".join(sentence.split())
        while len(rest) > MOST_LETTERS:
            space = rest.rfind(" ", 1, MOST_LETTERS)
            end = space if space > 0 else MOST_LETTERS
            yield rest[:end].strip()
            rest = rest[end:].strip()
        if rest:
            yield rest

"""The passage of a text that shows what was found in it, cut out and marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass

LENGTH = 180
BEFORE = 50
WORD = re.compile(r"[^\W_]+")
# As far as a stem goes, other forms of a word are marked, too.
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage, and whether it is what was looked for."""

    text: str
    is_found: bool


def folded(text: str) -> str:
    """Return a text in small letters without accents, letter by letter as long as it was."""
    return "".join(map(_bare, text))


def passage(text: str, found: Collection[str]) -> list[Piece]:
    """Return the first passage of a text that has one of these words or stems, in pieces.

    Without any it is the text's beginning. `found` is folded. What is cut off is an ellipsis.
    """
    flat = " ".join(text.split())
    first = next((m.start() for m in WORD.finditer(flat) if is_found(m.group(), found)), 0)
    begin = 0 if first <= BEFORE else flat.rfind(" ", 0, first - BEFORE + 1) + 1
    end = (
        len(flat) if len(flat) - begin <= LENGTH else flat.rfind(" ", begin + 1, begin + LENGTH)
    )
    if end <= begin:
        end = begin + LENGTH
    pieces = _pieces(flat[begin:end], found)
    before = [Piece("… ", False)] if begin else []
    after = [Piece(" …", False)] if end < len(flat) else []
    return [*before, *pieces, *after]


def is_found(word: str, found: Collection[str]) -> bool:
    """Say whether a word is one of these, or begins with a stem among them."""
    bare = folded(word)
    return any(
        bare == each or (len(each) >= SHORTEST and bare.startswith(each)) for each in found
    )


def _pieces(text: str, found: Collection[str]) -> list[Piece]:
    pieces, at = list[Piece](), 0
    for match in WORD.finditer(text):
        if is_found(match.group(), found):
            if match.start() > at:
                pieces.append(Piece(text[at : match.start()], False))
            pieces.append(Piece(match.group(), True))
            at = match.end()
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return pieces


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base[:1] or letter

"""The passage of a text that shows what was found in it, cut out and marked."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache

LENGTH = 180
BEFORE = 50
# As far as a stem goes, other forms of a word are marked, too.
SHORTEST = 3


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a passage, and whether it is what was looked for."""

    text: str
    is_found: bool


def folded(text: str) -> str:
    """Return a text in small letters without accents, letter by letter as long as it was."""
    return text.lower() if text.isascii() else "".join(map(_bare, text))


def passage(text: str, found: Collection[str]) -> list[Piece]:
    """Return the first passage of a text that has one of these words or stems, in pieces.

    Without any it is the text's beginning. `found` is folded. What is cut off is an ellipsis.
    """
    flat = " ".join(text.split())
    match = _sought(found).search(folded(flat))
    first = match.start() if match else 0
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
    return _sought(found).fullmatch(folded(word)) is not None


def words_found(text: str, found: Collection[str]) -> set[str]:
    """Return the words of a text that are found, folded, each once."""
    return set(_sought(found).findall(folded(text)))


def _sought(found: Collection[str]) -> re.Pattern[str]:
    return _pattern(frozenset(found))


@lru_cache(maxsize=64)
def _pattern(found: frozenset[str]) -> re.Pattern[str]:
    """Return what these words and stems look like in a folded text: all at once is quicker."""
    each = [
        re.escape(one) + (r"[^\W_]*" if len(one) >= SHORTEST else r"(?![^\W_])")
        for one in sorted(found)
        if one
    ]
    return re.compile(rf"(?<![^\W_])(?:{'|'.join(each)})" if each else r"(?!)")


def _pieces(text: str, found: Collection[str]) -> list[Piece]:
    pieces, at = list[Piece](), 0
    for match in _sought(found).finditer(folded(text)):
        if match.start() > at:
            pieces.append(Piece(text[at : match.start()], False))
        pieces.append(Piece(text[match.start() : match.end()], True))
        at = match.end()
    if at < len(text):
        pieces.append(Piece(text[at:], False))
    return pieces


def _bare(letter: str) -> str:
    if letter.isascii():
        return letter.lower()
    base = unicodedata.normalize("NFKD", letter)[:1].lower()
    return base[:1] or letter

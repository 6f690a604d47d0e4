"""What a word is, to search: runs of letters and digits, folded; and what a code is."""

from __future__ import annotations

import re
import sys
import unicodedata
from collections.abc import Iterator
from typing import NamedTuple

LONGEST_WORD = 60
CODE_DIGITS = 2


class Token(NamedTuple):
    """A word where it stands in a text; `folded` is how search knows it."""

    start: int
    end: int
    lowered: str
    folded: str


def _marks() -> str:
    """Return the combining marks as ranges of a character class: Python's \\w lacks them."""
    marks = [
        code for code in range(0x300, 0x10000) if unicodedata.category(chr(code))[0] == "M"
    ]
    return "".join(map(chr, marks))


# Without its marks, a word of Hindi or Thai would fall to pieces.
LETTER = rf"(?:[^\W_]|[{_marks()}])"
WORD = re.compile(rf"[^\W_]{LETTER}*")
# Scripts that put no space between words are cut into pairs of letters.
UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+")
JOINED = re.compile(r"[^\W_]+(?:[-_./:][^\W_]+)*")
SEPARATORS = re.compile(r"[-_./:]")


def folded(word: str) -> str:
    """Return a word in small letters, without accents: two that fold alike are the same."""
    if word.isascii():
        return word.lower()
    parts = unicodedata.normalize("NFKD", word.casefold())
    bare = "".join(part for part in parts if not "\u0300" <= part <= "\u036f")
    return unicodedata.normalize("NFC", bare.casefold())


def tokens(text: str) -> Iterator[Token]:
    """Give the words of a text in their order; what is longer than any word is cut off."""
    for match in WORD.finditer(text):
        word = match.group()
        if UNSPACED.search(word):
            yield from _pairs(word, match.start())
        else:
            lowered = word.lower()[:LONGEST_WORD]
            yield Token(match.start(), match.end(), lowered, folded(word)[:LONGEST_WORD])


def codes(text: str) -> list[str]:
    """Return what looks like the code of an error, each as search keeps it: `=e4012`.

    A code has letters and at least two digits (E-4012, 0x80070005, HTTP/503), or parts that
    underscores join (ERR_CERT_DATE). How its parts are joined makes no difference.
    """
    found = (match.group() for match in JOINED.finditer(text))
    return [code_term(each) for each in found if is_code(each)]


def is_code(word: str) -> bool:
    """Say whether this word is a code."""
    if len(word) > LONGEST_WORD:
        return False
    digits = sum(letter.isdigit() for letter in word)
    has_letters = any(letter.isalpha() for letter in word)
    return has_letters and (digits >= CODE_DIGITS or "_" in word)


def code_term(code: str) -> str:
    """Return the term of a code. The equals sign keeps it apart from all words."""
    return "=" + folded(SEPARATORS.sub("", code))[: LONGEST_WORD - 1]


def _pairs(word: str, start: int) -> Iterator[Token]:
    if len(word) == 1:
        yield Token(start, start + 1, word.lower(), folded(word))
    for at in range(len(word) - 1):
        pair = sys.intern(word[at : at + 2])
        yield Token(start + at, start + at + 2, pair.lower(), folded(pair))

"""How well a request fits an incident, by what it is about and by its words. Pure."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Iterable

WORD = re.compile(r"[^\W\d_]{4,}")
# So many letters of a word are compared: “export”, “exports” and “exportieren” are one.
STEM = 6
OF_PRODUCT = 2
# Words of every request, in the languages that we ship.
EVERYWHERE = """
hello please thanks thank since after every there their with that this have when what does
cannot from your would hallo bitte danke seit nach jede nicht eine einen wird haben wenn dass
unser unsere kann können support problem
"""
COMMON = frozenset(EVERYWHERE.split())


def stems(*texts: str) -> frozenset[str]:
    """Return what is compared of texts: the beginnings of their words, without accents."""
    return frozenset(
        _stem(word)
        for text in texts
        for word in WORD.findall(text.casefold())
        if word not in COMMON
    )


def _stem(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word)
    return "".join(letter for letter in plain if not unicodedata.combining(letter))[:STEM]


def fit(asked: Collection[str], said: Iterable[str], *, same_product: bool) -> int:
    """Return how well words fit, from their stems; 0: not at all.

    The same product alone is a hint; a word in common is one, too.
    """
    common = len(set(asked) & set(said))
    return common + (OF_PRODUCT if same_product else 0)

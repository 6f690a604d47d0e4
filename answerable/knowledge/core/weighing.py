"""How much a word says about an article: BM25 over its fields, as one number per word.

A word in the title counts as five in the body, in a heading as two. Another mention of the same
word adds less each time, and a mention in a long text is worth less than in a short one. How
rare a word is among all articles counts when somebody asks (`rarity`), since that changes with
every article. The figures for the constants stand in docs/search.md.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass

SATURATION = 2.0


@dataclass(frozen=True, slots=True)
class Field:
    """A part of an article: what a word in it counts, and how its length matters.

    `usual` is a usual length in words. It is a constant so that one article can be indexed
    without looking at the others.
    """

    weight: float
    usual: int
    lengthy: float


TITLE = Field(weight=5.0, usual=6, lengthy=0.3)
HEADING = Field(weight=2.0, usual=20, lengthy=0.5)
BODY = Field(weight=1.0, usual=150, lengthy=0.75)


def weights(fields: Iterable[tuple[Field, list[str]]]) -> dict[str, float]:
    """Return what each term weighs in an article: above 0, below 1 + SATURATION."""
    counted: Counter[str] = Counter()
    for field, terms in fields:
        long = 1 - field.lengthy + field.lengthy * len(terms) / field.usual
        for term, times in Counter(terms).items():
            counted[term] += field.weight * times / long  # type: ignore[assignment]
    return {term: _saturated(mentions) for term, mentions in counted.items()}


def rarity(articles: int, among: int) -> float:
    """Return how much a term says that so many of all articles have; above 0, most for none."""
    return math.log(1 + (max(among, articles) - articles + 0.5) / (articles + 0.5))


def share_matched(matched: float, missing: int, among: int, found: Collection[float]) -> float:
    """Return which share of a question an article is about, from 0 to 1, by rarity.

    `found` is the rarity of each part of the question that any article has, `missing` how many
    parts none has: those count as much as a part can.
    """
    whole = sum(found) + missing * rarity(0, among)
    return min(1.0, matched / whole) if whole else 0.0


def _saturated(mentions: float) -> float:
    return mentions * (SATURATION + 1) / (mentions + SATURATION)

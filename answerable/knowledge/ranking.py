"""Which texts say what was asked, and in which order: by their words, and by what they mean."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from answerable.knowledge.core.fusion import fused
from answerable.knowledge.core.weighing import share_matched
from answerable.knowledge.embeddings import model, of_question, written
from answerable.knowledge.lookup import Looked
from answerable.knowledge.models import ArticleText
from answerable.knowledge.search_sql import FOUND, MEANT

LEAST_OF_BEST = 0.15  # what says so little beside the best is not shown
CANDIDATES = 30  # at least; and three for each text that is wanted
FARTHEST = 0.5  # by cosine distance: what is farther from a question does not mean it


class Row(NamedTuple):
    """A text that was found, and how much of a question its words say."""

    text: int
    score: float = 0.0
    share: float = 0.0
    has_code: bool = False
    rarities: dict[str, float] = {}


def ranked(
    looked: Looked, texts: QuerySet[ArticleText], most: int
) -> list[tuple[Row, ArticleText]]:
    """Return those of the texts that say or mean what was asked; those with its code first.

    Which of them somebody may read is asked of the best ones alone: of ten thousand articles
    that took longer than all else. Only where too few of those are left, it is asked of all.
    """
    candidates = max(CANDIDATES, 3 * most)
    best = _by_words(looked, candidates)
    meant = _by_meaning(looked, texts)
    found = _readable(_ordered(best, meant), texts)
    if len(found) < most and len(best) == candidates:
        found = _readable(_ordered(_by_words(looked, candidates, texts), meant), texts)
    least = LEAST_OF_BEST * max((row.score for row, _ in found), default=0)
    kept = (one for one in found if one[0].score >= least or one[0].has_code or meant)
    return list(kept)[:most]


def _ordered(words: list[Row], meant: list[int]) -> list[Row]:
    if not meant:
        return words
    found = {row.text: row for row in words}
    order = fused([[row.text for row in words], meant])
    rows = [found.get(text) or Row(text) for text in order]
    return sorted(rows, key=lambda row: not row.has_code)


def _readable(rows: list[Row], texts: QuerySet[ArticleText]) -> list[tuple[Row, ArticleText]]:
    shown = texts.select_related("article", "current").defer("current__body")
    by_key = shown.in_bulk([row.text for row in rows]) if rows else {}
    return [(row, by_key[row.text]) for row in rows if row.text in by_key]


def _by_words(
    looked: Looked, most: int, texts: QuerySet[ArticleText] | None = None
) -> list[Row]:
    """Return the best rows of all texts in the language, or of these."""
    asked = looked.parts
    flat = [
        (number, term, counts, term in part.own)
        for number, part in enumerate(asked)
        for term, counts in part.terms.items()
    ]
    which, values = ("true", {}) if texts is None else _among(texts)
    if not flat:
        return []
    numbers, terms, counts, own = (list(column) for column in zip(*flat, strict=True))
    asks: dict[str, Any] = {
        "parts": numbers,
        "terms": terms,
        "counts": counts,
        "own": own,
        "codes": [number for number, part in enumerate(asked) if part.is_code],
        "language": looked.language,
        "most": most,
    }
    with connection.cursor() as cursor:
        cursor.execute(FOUND.format(which=which), asks | values)
        return [_row(row, len(asked)) for row in cursor.fetchall()]


def _by_meaning(looked: Looked, texts: QuerySet[ArticleText]) -> list[int]:
    """Return the texts whose passages mean what was asked; none where nobody can tell."""
    asked = of_question(looked.asked.said) if looked.asked.said else None
    if asked is None:
        return []
    which, values = _among(texts)
    asks: dict[str, Any] = {
        "asked": written(asked),
        "numbers": len(asked),
        "model": model(),
        "farthest": FARTHEST,
        "most": CANDIDATES,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEANT.format(which=which), asks | values)
        return [text for (text,) in cursor.fetchall()]


def _among(texts: QuerySet[ArticleText]) -> tuple[str, dict[str, Any]]:
    """Return as a condition that a text is one of these, with the values that it names."""
    try:
        statement, values = texts.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return "false", {}
    names = [f"readable{number}" for number in range(len(values))]
    named = statement % tuple(f"%({name})s" for name in names)
    return f"text_id IN ({named})", dict(zip(names, values, strict=True))


def _row(row: tuple[Any, ...], asked: int) -> Row:
    text, score, matched, has_code, among, rarities = row
    share = share_matched(matched, asked - len(rarities), among, rarities.values())
    return Row(text, score, share, has_code, rarities)

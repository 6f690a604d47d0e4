"""Which texts say what was asked, and in which order: by their words, and by what they mean."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet

from answerable.knowledge.core.fusion import fused
from answerable.knowledge.core.weighing import share_matched
from answerable.knowledge.embeddings import is_wanted, model, of_question, written
from answerable.knowledge.lookup import Looked
from answerable.knowledge.models import ArticleText
from answerable.knowledge.search_sql import FOUND, MEANT

LEAST_OF_BEST = 0.15  # what says so little beside the best is not shown
MOST_FUSED = 50
FARTHEST = 0.5  # by cosine distance: what is farther from a question does not mean it


class Row(NamedTuple):
    """A text that was found, and how much of a question its words say."""

    text: int
    score: float = 0.0
    share: float = 0.0
    has_code: bool = False
    rarities: dict[str, float] = {}


def ranked(looked: Looked, texts: QuerySet[ArticleText], most: int) -> list[Row]:
    """Return the texts that say or mean what was asked, those with its code first."""
    words = _by_words(looked, texts, max(most, MOST_FUSED * is_wanted()))
    meant = _by_meaning(looked, texts)
    if not meant:
        return words[:most]
    found = {row.text: row for row in words}
    order = fused([[row.text for row in words], meant])
    rows = [found.get(text) or Row(text) for text in order]
    return sorted(rows, key=lambda row: not row.has_code)[:most]


def _by_words(looked: Looked, texts: QuerySet[ArticleText], most: int) -> list[Row]:
    asked = looked.parts
    flat = [
        (number, term, counts, term in part.own)
        for number, part in enumerate(asked)
        for term, counts in part.terms.items()
    ]
    readable = _statement(texts)
    if not flat or readable is None:
        return []
    statement, values = readable
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
        cursor.execute(FOUND.format(readable=statement), asks | values)
        rows = [_row(row, len(asked)) for row in cursor.fetchall()]
    return [row for row in rows if row.score >= LEAST_OF_BEST * rows[0].score or row.has_code]


def _by_meaning(looked: Looked, texts: QuerySet[ArticleText]) -> list[int]:
    """Return the texts whose passages mean what was asked; none where nobody can tell."""
    asked = of_question(looked.asked.said) if looked.asked.said else None
    readable = _statement(texts)
    if asked is None or readable is None:
        return []
    statement, values = readable
    asks: dict[str, Any] = {
        "asked": written(asked),
        "numbers": len(asked),
        "model": model(),
        "farthest": FARTHEST,
        "most": MOST_FUSED,
    }
    with connection.cursor() as cursor:
        cursor.execute(MEANT.format(readable=statement), asks | values)
        return [text for (text,) in cursor.fetchall()]


def _statement(texts: QuerySet[ArticleText]) -> tuple[str, dict[str, Any]] | None:
    """Return the texts' keys as a statement with named values; None if there can be none."""
    try:
        statement, values = texts.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    names = [f"readable{number}" for number in range(len(values))]
    named = statement % tuple(f"%({name})s" for name in names)
    return named, dict(zip(names, values, strict=True))


def _row(row: tuple[Any, ...], asked: int) -> Row:
    text, score, matched, has_code, among, rarities = row
    share = share_matched(matched, asked - len(rarities), among, rarities.values())
    return Row(text, score, share, has_code, rarities)

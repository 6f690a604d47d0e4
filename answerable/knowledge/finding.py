"""The texts that say what was asked, ranked, each with its best passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from answerable.knowledge.core.parts import Part
from answerable.knowledge.core.phrases import has_all
from answerable.knowledge.core.showing import Said, best, marked
from answerable.knowledge.core.weighing import share_matched
from answerable.knowledge.lookup import Looked
from answerable.knowledge.models import ArticleText, Passage
from answerable.knowledge.search_sql import FOUND

MOST_WITH_PHRASE = 100
LEAST_OF_BEST = 0.15  # what says so little beside the best is not shown


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found. `passage` is HTML, escaped, with `<mark>`s.

    `share` is how much of the question it is about, from 0 to 1. `anchor` leads to the heading
    of the passage, empty for what stands above the first one.
    """

    article_id: int
    text_id: int
    version_id: int
    language: str
    slug: str
    title: str
    passage: SafeString
    anchor: str
    updated: datetime
    by_software: bool
    products: list[str]
    score: float
    share: float
    has_code: bool


class _Row(NamedTuple):
    text: int
    score: float
    share: float
    has_code: bool
    rarities: dict[str, float]


def found_in(looked: Looked, texts: QuerySet[ArticleText], limit: int) -> list[Hit]:
    """Return the best of these texts, best first: those with a code that was asked for lead.

    Three queries, one where nothing is found.
    """
    phrases = looked.asked.phrases
    most = max(limit, MOST_WITH_PHRASE * bool(phrases))
    rows = _ranked(looked, texts.filter(language=looked.language), most)
    rows = [row for row in rows if row.score >= LEAST_OF_BEST * rows[0].score or row.has_code]
    if not rows:
        return []
    keys = [row.text for row in rows]
    shown = ArticleText.objects.select_related("article", "current").defer("current__body")
    by_key = shown.in_bulk(keys)
    passages = _passages(keys)
    hits = (_hit(by_key[row.text], row, passages[row.text], looked) for row in rows)
    kept = [
        hit
        for hit in hits
        if has_all(phrases, [hit.title, *(said.words for said in passages[hit.text_id])])
    ]
    return kept[:limit]


def _ranked(looked: Looked, texts: QuerySet[ArticleText], most: int) -> list[_Row]:
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
        return [_row(row, len(asked)) for row in cursor.fetchall()]


def _statement(texts: QuerySet[ArticleText]) -> tuple[str, dict[str, Any]] | None:
    """Return the texts' keys as a statement with named values; None if there can be none."""
    try:
        statement, values = texts.order_by().values("pk").query.sql_with_params()
    except EmptyResultSet:
        return None
    names = [f"readable{number}" for number in range(len(values))]
    named = statement % tuple(f"%({name})s" for name in names)
    return named, dict(zip(names, values, strict=True))


def _row(row: tuple[Any, ...], asked: int) -> _Row:
    text, score, matched, has_code, among, rarities = row
    share = share_matched(matched, asked - len(rarities), among, rarities.values())
    return _Row(text, score, share, has_code, rarities)


def _passages(keys: Iterable[int]) -> dict[int, list[Said]]:
    rows = Passage.objects.filter(text__in=keys).order_by("text", "position")
    found: dict[int, list[Said]] = {key: [] for key in keys}
    said = rows.values_list("text", "position", "anchor", "headings", "words")
    for key, position, anchor, headings, words in said:
        found[key].append(Said(position, anchor, headings, words))
    return found


def _hit(text: ArticleText, row: _Row, passages: Sequence[Said], looked: Looked) -> Hit:
    version = text.current
    assert version  # Only texts with a version are indexed, and readable.
    said = best(passages, looked.words, _weights(looked.parts, row.rarities))
    words = (said.words or said.headings) if said else ""
    return Hit(
        article_id=text.article_id,
        text_id=text.pk,
        version_id=version.pk,
        language=text.language,
        slug=text.slug,
        title=version.title,
        passage=mark_safe(marked(words or version.summary, looked.words)),  # noqa: S308
        anchor=said.anchor if said else "",
        updated=version.published_at,
        by_software=version.by_software and version.checked_at is None,
        products=text.article.products,
        score=row.score,
        share=row.share,
        has_code=row.has_code,
    )


def _weights(asked: Sequence[Part], rarities: Mapping[str, float]) -> dict[str, float]:
    """Return what each term says: how rare its part is, and how much the term counts."""
    weights: dict[str, float] = {}
    for number, part in enumerate(asked):
        for term, counts in part.terms.items():
            says = counts * rarities.get(str(number), 0.0)
            weights[term] = max(weights.get(term, 0.0), says)
    return weights

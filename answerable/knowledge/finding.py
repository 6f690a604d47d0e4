"""The texts that say what was asked, ranked, each with its best passage."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import connection
from django.db.models import QuerySet
from django.utils.safestring import SafeString, mark_safe

from answerable.knowledge.core.parts import Part
from answerable.knowledge.core.phrases import has_all
from answerable.knowledge.core.showing import Said, best, marked
from answerable.knowledge.lookup import Looked
from answerable.knowledge.models import ArticleText
from answerable.knowledge.ranking import Row, ranked
from answerable.knowledge.search_sql import PASSAGES

MOST_WITH_PHRASE = 100


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


def found_in(looked: Looked, texts: QuerySet[ArticleText], limit: int) -> list[Hit]:
    """Return the best of these texts, best first: those with a code that was asked for lead.

    Three queries, one where nothing is found; two more where there are embeddings.
    """
    phrases = looked.asked.phrases
    most = max(limit, MOST_WITH_PHRASE * bool(phrases))
    found = ranked(looked, texts.filter(language=looked.language), most)
    terms = {term for part in looked.parts for term in part.terms}
    passages = _passages([row.text for row, _ in found], terms)
    hits = (_hit(text, row, passages[row.text], looked) for row, text in found)
    kept = [
        hit
        for hit in hits
        if has_all(phrases, [hit.title, *(said.words for said in passages[hit.text_id])])
    ]
    return kept[:limit]


def _passages(keys: Iterable[int], terms: Iterable[str]) -> dict[int, list[Said]]:
    found: dict[int, list[Said]] = {key: [] for key in keys}
    if not found:
        return found
    with connection.cursor() as cursor:
        cursor.execute(PASSAGES, {"texts": list(found), "terms": list(terms)})
        for key, *said in cursor.fetchall():
            found[key].append(Said(*said))
    return found


def _hit(text: ArticleText, row: Row, passages: Sequence[Said], looked: Looked) -> Hit:
    version = text.current
    assert version  # Only texts with a version are indexed, and readable.
    said = best(passages, _weights(looked.parts, row.rarities))
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

"""The words of a question looked up in the index of one language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from django.db import connection

from answerable.knowledge.core.asked import Asked
from answerable.knowledge.core.parts import Part, Vocabulary, parts, unknown
from answerable.knowledge.core.synonyms import Terms, same_terms
from answerable.knowledge.core.typos import shapes_in
from answerable.knowledge.core.words import tokens
from answerable.knowledge.models import SynonymGroup
from answerable.knowledge.search_sql import NEAR, VOCABULARY
from answerable.knowledge.stems import terms_of

MOST_BEGUN = 40
SHORTEST_BEGIN = 2


@dataclass(frozen=True, slots=True)
class Looked:
    """A question as the index of a language knows it.

    `words` is the term of every word, folded, by which a text shows that it has the term.
    """

    asked: Asked
    language: str
    parts: list[Part]
    vocabulary: Vocabulary
    words: Mapping[str, str]


def looked_up(asked: Asked, language: str) -> Looked:
    """Return what a language's index knows of a question. At most four queries."""
    terms = terms_of(language, asked.words)
    synonyms = _synonyms(language, [terms[word] for word in asked.words if terms[word]])
    wanted = {*terms.values(), *asked.codes, *(s for same in synonyms.values() for s in same)}
    rows = _vocabulary(language, wanted - {""}, asked.open)
    known = Vocabulary(
        terms=terms,
        known={term for _, term, _ in rows},
        begun=list(dict.fromkeys(term for _, term, is_begun in rows if is_begun)),
    )
    near = _near(language, unknown(asked, known))
    known = replace(known, near=near)
    words = {word: term for word, term, _ in rows} | {code: code for code in asked.codes}
    words |= {word: term for found in near.values() for word, term in found.items()}
    return Looked(asked, language, parts(asked, known, synonyms), known, words)


def _vocabulary(
    language: str, terms: Iterable[str], begins: str
) -> list[tuple[str, str, bool]]:
    is_begun = len(begins) >= SHORTEST_BEGIN
    asks: dict[str, Any] = {
        "language": language,
        "terms": sorted(terms),
        "begins": f"{_literally(begins)}%" if is_begun else "",
        "most": MOST_BEGUN,
    }
    with connection.cursor() as cursor:
        cursor.execute(VOCABULARY, asks)
        return [(word, term, is_begun) for word, term, is_begun in cursor.fetchall()]


def _near(language: str, words: list[str]) -> dict[str, dict[str, str]]:
    """Return for each word those that share a shape with it; a word has its first letters."""
    if not words:
        return {}
    wanted = {word: set(shapes_in(language, word)) for word in words}
    with connection.cursor() as cursor:
        cursor.execute(NEAR, [sorted(shape for found in wanted.values() for shape in found)])
        rows = cursor.fetchall()
    return {
        word: {
            near: term for near, term in rows if not found.isdisjoint(shapes_in(language, near))
        }
        for word, found in wanted.items()
    }


def _synonyms(language: str, asked: list[str]) -> dict[str, set[str]]:
    groups = SynonymGroup.objects.filter(language=language, terms__overlap=asked)
    entries = [
        [[each.lowered for each in tokens(entry)] for entry in group.words] for group in groups
    ]
    terms = terms_of(language, {word for group in entries for entry in group for word in entry})

    def in_terms(entry: list[str]) -> Terms:
        return tuple(terms[word] for word in entry if terms[word])

    return same_terms(asked, ([in_terms(entry) for entry in group] for group in entries))


def _literally(words: str) -> str:
    return words.replace("\\", r"\\").replace("%", r"\%").replace("_", r"\_")

"""Search: from what somebody typed to the passages that answer it. It writes nothing.

The steps: the question is taken apart (`core.asked`), its words are looked up in the index
(`lookup`), one statement ranks the texts that the reader may read (`search_sql`), and the best
passage of each is cut out and marked (`core.showing`).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from django.conf import settings
from django.db.models import Count, QuerySet

from answerable.knowledge.access import Person, texts_readable_by
from answerable.knowledge.core.asked import Asked, is_too_short, understood
from answerable.knowledge.core.parts import corrected
from answerable.knowledge.filters import about, for_plan_of
from answerable.knowledge.finding import Hit, found_in
from answerable.knowledge.lookup import looked_up
from answerable.knowledge.models import ArticleText

ENOUGH = 0.5  # of a question, by rarity: then its best passage is given as the answer
MOST_OTHER_LANGUAGES = 3


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody asks: words, in the language in which they read, and what they filter by.

    `contact` is who asks: a contact, an agent, or None for nobody that we know. `as_typed`: the
    last word may not be finished.
    """

    words: str
    language: str
    contact: Person = None
    product: str = ""
    mine_only: bool = False
    limit: int = 8
    as_typed: bool = False


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, best first.

    `answer` is the first of the hits when it says most of what was asked. `other_language` is
    the language of the hits when there are none in the asker's own. `other_plans`: all hits are
    about what the asker's subscriptions do not have. `corrected` are words that were taken for
    typing errors, each with what was looked for. `log_id` is what `ask` keeps it by.
    """

    hits: tuple[Hit, ...] = ()
    answer: Hit | None = None
    other_language: str = ""
    other_plans: bool = False
    too_short: bool = False
    corrected: Mapping[str, str] = field(default_factory=dict)
    log_id: int | None = None


def search(question: Question, at: datetime) -> Found:
    """Return what answers a question among what its asker may read at an instant.

    What is in no article of the asker's language is looked for in others; what is only in
    articles about other subscriptions is found last, and said to be so.
    """
    if is_too_short(question.words):
        return Found(too_short=True)
    asked = understood(question.words, as_typed=question.as_typed)
    if not asked:
        return Found()
    texts = about(question.product, texts_readable_by(question.contact, at))
    mine = for_plan_of(question.contact, texts, at) if question.mine_only else texts
    found = _in(question.language, asked, mine, question.limit)
    if not found.hits:
        found = _in_other_languages(question, asked, mine) or found
    if not found.hits and question.mine_only:
        others = _in(question.language, asked, texts, question.limit)
        found = replace(others, other_plans=bool(others.hits))
    return found


def _in(language: str, asked: Asked, texts: QuerySet[ArticleText], limit: int) -> Found:
    looked = looked_up(asked, language)
    hits = found_in(looked, texts, limit)
    is_answered = bool(hits) and (hits[0].share >= ENOUGH or hits[0].has_code)
    return Found(
        hits=tuple(hits),
        answer=hits[0] if is_answered else None,
        corrected=corrected(asked, looked.vocabulary),
    )


def _in_other_languages(
    question: Question, asked: Asked, texts: QuerySet[ArticleText]
) -> Found | None:
    """Return what is found in the first language that has it: our own, then by articles."""
    counted = texts.exclude(language=question.language).values_list("language")
    by_size = [language for language, _ in counted.annotate(n=Count("pk")).order_by("-n")]
    ordered = sorted(by_size, key=lambda language: language != settings.LANGUAGE_CODE)
    for language in ordered[:MOST_OTHER_LANGUAGES]:
        found = _in(language, asked, texts, question.limit)
        if found.hits:
            return replace(found, other_language=language)
    return None

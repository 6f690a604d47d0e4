"""Keeps the index of search. Nothing else writes passages, postings and words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db import connection, transaction

from answerable.knowledge.core.cutting import Cut, Section, cut
from answerable.knowledge.core.typos import shapes_in
from answerable.knowledge.core.weighing import BODY, HEADING, TITLE, weights
from answerable.knowledge.core.words import codes, tokens
from answerable.knowledge.models import Article, ArticleText, ArticleVersion, Passage, Posting
from answerable.knowledge.rendering import rendered
from answerable.knowledge.stems import terms_of

FIELDS = {"title": TITLE, "headings": HEADING, "body": BODY}
ABOVE = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
LONGEST_HEADINGS = 500

POSTINGS = (
    "INSERT INTO knowledge_posting (text_id, language, term, weight)"
    " SELECT %s, %s, term, weight FROM unnest(%s::text[], %s::float8[]) AS p(term, weight)"
)
NEW_WORDS = (
    "SELECT word FROM unnest(%s::text[]) AS word WHERE NOT EXISTS"
    " (SELECT FROM knowledge_word w WHERE w.language = %s AND w.word = word.word)"
)
# In their order, so that two who publish at once wait for each other in one order, too.
WORDS = (
    "INSERT INTO knowledge_word (language, word, term, shapes)"
    " SELECT %s, word, term, string_to_array(shapes, ' ')"
    " FROM unnest(%s::text[], %s::text[], %s::text[]) AS new(word, term, shapes)"
    " ORDER BY word ON CONFLICT (language, word) DO NOTHING"
)


@transaction.atomic
def index(text: ArticleText) -> None:
    """Index what readers see of a text, in the place of what they saw before.

    A text without a current version, or of a removed article, is taken out.
    """
    unindex(text)
    if text.current is None or text.article.removed_at is not None:
        return
    passages = cut(_parts(text.current))
    _keep_passages(text, passages)
    _keep_postings(text, _fields(text.current, passages))


def unindex(text: ArticleText) -> None:
    """Take a text out of the index: nobody finds it any more."""
    Passage.objects.filter(text=text).delete()
    Posting.objects.filter(text=text).delete()


def reindex_all() -> int:
    """Index every text anew, each in a transaction of its own; return how many there are.

    Search goes on meanwhile, and finds each text as it was or as it is.
    """
    texts = ArticleText.objects.select_related("article", "current__source").order_by("pk")
    keys = list(texts.values_list("pk", flat=True))
    for key in keys:
        index(texts.get(pk=key))
    return len(keys)


def index_article(article: Article) -> None:
    """Index every text of an article, as when it was removed or given back."""
    for text in article.texts.select_related("article", "current__source"):
        index(text)


def _parts(version: ArticleVersion) -> list[Section]:
    shown = rendered(version)
    levels = {heading.anchor: heading.level for heading in shown.headings}
    return [
        Section(levels.get(section.anchor, 0), section.anchor, section.title, section.words)
        for section in shown.sections
    ]


def _keep_passages(text: ArticleText, passages: Sequence[Cut]) -> None:
    words = [each.lowered for passage in passages for each in tokens(_all_of(passage))]
    terms = terms_of(text.language, words)
    Passage.objects.bulk_create(
        Passage(
            text=text,
            position=position,
            anchor=passage.anchor,
            headings=ABOVE.join(passage.headings)[:LONGEST_HEADINGS],
            words=passage.words,
            terms=sorted(set(_terms_in(passage.words, terms))),
            heading_terms=sorted(set(_terms_in("\n".join(passage.headings), terms))),
        )
        for position, passage in enumerate(passages)
    )


def _all_of(passage: Cut) -> str:
    return "\n".join([*passage.headings, passage.words])


def _terms_in(words: str, terms: Mapping[str, str]) -> list[str]:
    """Return the terms of a text, as often as it has them; those of its codes too."""
    found = (terms[each.lowered] for each in tokens(words))
    return [term for term in found if term] + codes(words)


def _fields(version: ArticleVersion, passages: Sequence[Cut]) -> dict[str, str]:
    """Return the words of each field; a heading counts once, however long its section is."""
    headings = dict.fromkeys(passage.headings[-1] for passage in passages if passage.headings)
    return {
        "title": version.title,
        "headings": "\n".join(headings),
        "body": "\n".join([version.summary, *(passage.words for passage in passages)]),
    }


def _keep_postings(text: ArticleText, fields: Mapping[str, str]) -> None:
    found = {name: list(tokens(words)) for name, words in fields.items()}
    terms = terms_of(
        text.language, {each.lowered for all_of in found.values() for each in all_of}
    )
    weighed = weights((FIELDS[name], _terms_in(words, terms)) for name, words in fields.items())
    with connection.cursor() as cursor:
        cursor.execute(
            POSTINGS, [text.pk, text.language, list(weighed), list(weighed.values())]
        )
    folded = (each for all_of in found.values() for each in all_of)
    _keep_words(text.language, {each.folded: terms[each.lowered] for each in folded})


def _keep_words(language: str, words: Mapping[str, str]) -> None:
    known = [word for word, term in words.items() if term]
    with connection.cursor() as cursor:
        cursor.execute(NEW_WORDS, [known, language])
        new = [word for (word,) in cursor.fetchall()]
        if new:
            found_by = [" ".join(shapes_in(language, word)) for word in new]
            cursor.execute(WORDS, [language, new, [words[word] for word in new], found_by])

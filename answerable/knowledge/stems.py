"""Words brought to their stems by PostgreSQL's dictionaries: what search compares."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import connection

from answerable.knowledge.core.languages import dictionary_of
from answerable.knowledge.core.words import LONGEST_WORD, folded

STATEMENT = "SELECT word, ts_lexize(%s::regdictionary, word) FROM unnest(%s::text[]) AS word"
MOST_KEPT = 50_000
# A stem never changes while a process lives, and the same words are asked for again and again.
_kept: dict[tuple[str, str], str] = {}


def terms_of(language: str, words: Iterable[str]) -> dict[str, str]:
    """Return the term of each of these words in small letters; empty for a stop word.

    The words of one letter are stop words, digits are not. At most one query.
    """
    dictionary = dictionary_of(language)
    wanted = set(words)
    kept = {word: _kept.get((dictionary, word)) for word in wanted}
    known = {word: term for word, term in kept.items() if term is not None}
    if unknown := wanted - known.keys():
        known |= _asked(dictionary, unknown)
    return known


def _asked(dictionary: str, words: Iterable[str]) -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute(STATEMENT, [dictionary, sorted(words)])
        found = {word: _term(word, lexemes) for word, lexemes in cursor.fetchall()}
    if len(_kept) > MOST_KEPT:
        _kept.clear()
    for word, term in found.items():
        _kept[dictionary, word] = term
    return found


def _term(word: str, lexemes: list[str] | None) -> str:
    is_letter = len(word) == 1 and word.isascii() and word.isalpha()
    if is_letter or lexemes == []:
        return ""
    return folded(lexemes[0] if lexemes else word)[:LONGEST_WORD]

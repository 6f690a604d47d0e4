"""A question as parts, each of which may be said in other terms: what is looked for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from answerable.knowledge.core.asked import Asked
from answerable.knowledge.core.typos import nearest

# How much another term counts beside the very word.
SYNONYM, BEGUN, NEAR = 0.8, 0.8, 0.7


@dataclass(frozen=True, slots=True)
class Part:
    """What stands for one word of a question: terms, and how much each of them counts.

    How rare a part is, is told by its `own` terms; a rare synonym makes no word rarer.
    """

    terms: Mapping[str, float]
    own: frozenset[str]
    is_code: bool = False


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """What the index knows of the words of a question.

    `terms` is each word's term, empty for a stop word; `known` are terms that articles have;
    `begun` are terms of words that begin with the open one. `near` are words that may have been
    meant by one that is not known, with their terms.
    """

    terms: Mapping[str, str]
    known: Collection[str]
    begun: Sequence[str] = ()
    near: Mapping[str, Mapping[str, str]] = field(default_factory=dict)


def parts(
    asked: Asked, vocabulary: Vocabulary, synonyms: Mapping[str, Collection[str]]
) -> list[Part]:
    """Return the parts of a question; words that nothing is found by are parts without terms.

    `synonyms` are the terms that mean the same, by term. A stop word is no part, unless it is
    the beginning of another word.
    """
    found = [Part({code: 1.0}, frozenset([code]), is_code=True) for code in asked.codes]
    for word in asked.words:
        is_open = word == asked.words[-1] and bool(asked.open)
        part = _part(word, vocabulary, synonyms, vocabulary.begun if is_open else ())
        if part.own or vocabulary.terms[word]:
            found.append(part)
    return found


def unknown(asked: Asked, vocabulary: Vocabulary) -> list[str]:
    """Return the words that no article has and no word of an article begins with."""
    begun = asked.words[-1:] if asked.open and vocabulary.begun else ()
    missing = (
        word
        for word in asked.words
        if (term := vocabulary.terms[word]) and term not in vocabulary.known
    )
    return [word for word in missing if word not in begun]


def corrected(asked: Asked, vocabulary: Vocabulary) -> dict[str, str]:
    """Return for each word that was taken for a typing error the word that is looked for."""
    found = ((word, nearest(word, near, most=1)) for word, near in vocabulary.near.items())
    return {word: meant[0] for word, meant in found if meant}


def _part(
    word: str,
    vocabulary: Vocabulary,
    synonyms: Mapping[str, Collection[str]],
    begun: Iterable[str],
) -> Part:
    own = vocabulary.terms[word]
    terms = dict.fromkeys(begun, BEGUN)
    near = vocabulary.near.get(word, {})
    terms |= {near[meant]: NEAR for meant in nearest(word, near)}
    if own in vocabulary.known:
        terms[own] = 1.0
    others = {same: SYNONYM for same in synonyms.get(own, ()) if own}
    return Part(others | terms, frozenset(terms))

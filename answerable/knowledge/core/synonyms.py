"""Which terms may stand for those of a question, by the vendor's groups of synonyms."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

Terms = tuple[str, ...]


def same_terms(asked: Sequence[str], groups: Iterable[Sequence[Terms]]) -> dict[str, set[str]]:
    """Return for each term of a question the terms that mean the same.

    A group has the terms of each of its entries. An entry of several words stands in a question
    where its terms stand beside each other.
    """
    found: dict[str, set[str]] = {}
    for group in groups:
        for entry in group:
            if entry and _stands_in(entry, asked):
                others = {term for other in group if other != entry for term in other}
                for term in entry:
                    found.setdefault(term, set()).update(others - {term})
    return found


def _stands_in(entry: Terms, asked: Sequence[str]) -> bool:
    starts = range(len(asked) - len(entry) + 1)
    return any(tuple(asked[at : at + len(entry)]) == entry for at in starts)

"""Words in quotation marks: they must stand beside each other, as they were written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from answerable.knowledge.core.words import tokens


def has_all(phrases: Iterable[Sequence[str]], texts: Sequence[str]) -> bool:
    """Say whether each of these phrases, of folded words, stands in one of these texts."""
    wanted = list(phrases)
    if not wanted:
        return True
    spaced = [f" {' '.join(each.folded for each in tokens(text))} " for text in texts]
    return all(any(f" {' '.join(phrase)} " in text for text in spaced) for phrase in wanted)

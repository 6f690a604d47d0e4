"""The vendor's synonyms: words that mean the same to its customers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db import transaction

from answerable.knowledge.core.words import tokens
from answerable.knowledge.models import SynonymGroup
from answerable.knowledge.stems import terms_of

LONGEST = 100


@transaction.atomic
def set_synonyms(language: str, groups: Iterable[Sequence[str]]) -> int:
    """Keep these groups as all synonyms of a language, and return how many there are.

    An entry of a group may have several words. Groups of fewer than two entries are left out.
    They count from the next question on: nothing is indexed anew.
    """
    SynonymGroup.objects.filter(language=language).delete()
    cleaned = (
        list(dict.fromkeys(entry.strip()[:LONGEST] for entry in group if entry.strip()))
        for group in groups
    )
    kept = [
        SynonymGroup(language=language, words=entries, terms=_terms(language, entries))
        for entries in cleaned
        if len(entries) > 1
    ]
    SynonymGroup.objects.bulk_create(kept)
    return len(kept)


def _terms(language: str, entries: Iterable[str]) -> list[str]:
    words = [each.lowered for entry in entries for each in tokens(entry)]
    return sorted({term for term in terms_of(language, words).values() if term})

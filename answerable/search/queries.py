"""What the desk's search shows: tickets, accounts, people. It writes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, tzinfo

from django.db import connection

from answerable.accounts.models import Contact, Customer
from answerable.knowledge.core.typos import nearest, shapes
from answerable.search.core.asked import Asked, understood
from answerable.search.core.showing import folded
from answerable.search.finding import found
from answerable.search.narrowing import narrowed
from answerable.search.people import people_named
from answerable.search.querying import wanted_of
from answerable.search.statements import BEGUN, KNOWN, NEAR


@dataclass(frozen=True, slots=True)
class Question:
    """What somebody typed, their language, and when and where they did; `below`: tickets with
    lower numbers alone, after those above were looked through."""

    text: str
    language: str
    at: datetime
    zone: tzinfo
    as_typed: bool = False
    below: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """The numbers of tickets, best first; accounts and people by their names; `corrected`:
    words that were taken for typing errors, with what was looked for too; `below`: tickets with
    lower numbers were not looked through, 0 where all were."""

    asked: Asked
    tickets: Sequence[int] = ()
    customers: Sequence[Customer] = ()
    contacts: Sequence[Contact] = ()
    corrected: dict[str, list[str]] = field(default_factory=dict)
    below: int = 0


def search(question: Question) -> Found:
    """Return what is found: among all tickets, as agents may see every one."""
    asked = understood(question.text, as_typed=question.as_typed)
    if not asked:
        return Found(asked)
    near = _near(asked)
    marks, narrowing = narrowed(asked, question.at, question.zone)
    wanted = wanted_of(asked, question.language, near, _begun(asked.open), marks)
    hits = found(wanted, narrowing, question.at, question.below)
    tickets = hits.numbers
    if asked.number is not None:
        tickets = list(dict.fromkeys([asked.number, *tickets]))
    if asked.narrowed or question.below is not None:
        return Found(asked, tickets, corrected=near, below=hits.below)
    # A word that tickets have is seldom a mistyped name.
    is_tolerant = bool(near) or not tickets
    named = people_named(" ".join(asked.words), is_tolerant=is_tolerant, left=True)
    corrected = {word: list(others) for word, others in named.corrected.items()}
    return Found(asked, tickets, named.customers, named.contacts, corrected | near, hits.below)


def stems_of(asked: Asked, near: dict[str, list[str]]) -> set[str]:
    """Return what is marked in what is shown, folded: words, and as far as others begin so."""
    words = [*asked.words, *(word for phrase in asked.phrases for word in phrase)]
    words += [each for others in near.values() for each in others]
    return {_stem(folded(word)) for word in words}


def _stem(word: str) -> str:
    """Return a word without an ending that English and German words often have."""
    for ending in ("ing", "ies", "es", "ed", "en", "s", "e"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word.removesuffix(ending)
    return word


def _near(asked: Asked) -> dict[str, list[str]]:
    """Return words that may be meant by those that no ticket has. Two queries at most."""
    wanted = [folded(word) for word in asked.words if word.isalpha()]
    with connection.cursor() as cursor:
        cursor.execute(KNOWN, [wanted])
        known = {word for (word,) in cursor.fetchall()}
        unknown = {word: set(shapes(word)) for word in wanted if word not in known}
        if not unknown:
            return {}
        cursor.execute(NEAR, [sorted({shape for each in unknown.values() for shape in each})])
        words = [word for (word,) in cursor.fetchall()]
    meant = {word: nearest(word, words) for word in unknown}
    return {word: others for word, others in meant.items() if others}


def _begun(word: str) -> list[str]:
    """Return the commonest terms that begin like a word that is not finished. One query."""
    if not word:
        return []
    with connection.cursor() as cursor:
        cursor.execute(BEGUN, [folded(word)])
        return [term for (term,) in cursor.fetchall()]

"""Indexes tickets: all that was said on them, by whom, and what came with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.db import OperationalError, connection, transaction

from answerable.knowledge.core.languages import DICTIONARIES
from answerable.knowledge.core.typos import shapes
from answerable.search import statements
from answerable.search.core.asked import words_of

CONFIGS = {tag: name.removesuffix("_stem") for tag, name in DICTIONARIES.items()}
SHORTEST_WORD, LONGEST_WORD = 4, 24
# Of a ticket whose words do not fit into one document, only so many letters are indexed.
FEWER_LETTERS = 40_000


def index_tickets(tickets: Sequence[int]) -> None:
    """Index tickets as they are now, in the place of how they were before. Two statements, one
    more where they have words that no ticket had."""
    if not tickets:
        return
    try:
        with transaction.atomic():
            _index(tickets, statements.LONGEST_TICKET)
    except OperationalError:  # A document holds a megabyte: one of them is longer.
        for ticket in tickets:
            _index([ticket], FEWER_LETTERS)
    _keep_words(tickets)


def _index(tickets: Sequence[int], longest: int) -> None:
    asks: dict[str, Any] = {
        "tickets": list(tickets),
        "tags": list(CONFIGS),
        "configs": list(CONFIGS.values()),
        "body": statements.LONGEST_BODY,
        "ticket": longest,
        "messages": statements.MOST_MESSAGES,
        "part": statements.PART,
    }
    with connection.cursor() as cursor:
        cursor.execute(statements.INDEXED, asks)


def _keep_words(tickets: Sequence[int]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statements.SAID, [list(tickets)])
        said = sorted(set(_spelt(text for (text,) in cursor.fetchall())))
        cursor.execute(statements.NEW_WORDS, [said])
        new = [word for (word,) in cursor.fetchall()]
        if new:
            cursor.execute(statements.WORDS, [new, [" ".join(shapes(word)) for word in new]])


def _spelt(texts: Iterable[str]) -> Iterable[str]:
    """Return the words of texts that somebody may mistype."""
    for text in texts:
        for word in words_of(text):
            if SHORTEST_WORD <= len(word) <= LONGEST_WORD and word.isalpha():
                yield word

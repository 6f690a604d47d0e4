"""Which tickets are found, best first. It writes nothing.

Rare words are looked for everywhere. Words that many tickets have are looked for in the newest
part of the index first, then in twice as much of what is older, until there is enough: so what
a search costs does not grow with the number of tickets.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from answerable.search.models import Document
from answerable.search.querying import Condition
from answerable.search.statements import ESTIMATED, FOUND, PART

# Among how many the best are chosen, and how many of them are shown.
MOST_RANKED = 2000
ENOUGH = 300
MOST_SHOWN = 50
# Up to so many documents are taken from everywhere.
RARE = 4000


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions on the ticket's row, with the values that they name; `few`: they leave so few
    that PostgreSQL had better begin with them."""

    joined: str = ""
    where: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    few: bool = False


def found(words: Condition, marks: Condition, narrowing: Narrowing, at: datetime) -> list[int]:
    """Return the numbers of the best tickets that meet all conditions, best first."""
    both = Condition("both", [*words.parts, *marks.parts], words.values | marks.values)
    if narrowing.few or _estimated(both) <= RARE:
        numbers = _best(both, words, narrowing, at)
        if narrowing.few or len(numbers) < MOST_SHOWN:
            return numbers
    return _newest(both, words, narrowing, at)


def _newest(both: Condition, words: Condition, narrowing: Narrowing, at: datetime) -> list[int]:
    numbers: list[int] = []
    for marks in _parts():
        part = Condition(
            "part", [*both.parts, "%(part)s::tsquery"], both.values | {"part": marks}
        )
        numbers += _best(part, words, narrowing, at, most=ENOUGH)
        if len(numbers) >= ENOUGH:
            break
    return numbers[:MOST_SHOWN]


def _parts() -> Iterator[str]:
    """Give the marks of parts of the index, the newest first, each time twice as many."""
    newest = (Document.objects.aggregate(newest=Max("pk"))["newest"] or 0) // PART
    width = 1
    while newest >= 0:
        numbers = range(newest, max(newest - width, -1), -1)
        yield " | ".join(f"'#b{number}'" for number in numbers)
        newest -= width
        width *= 2


def _best(
    query: Condition,
    words: Condition,
    narrowing: Narrowing,
    at: datetime,
    most: int = MOST_SHOWN,
) -> list[int]:
    statement = FOUND.format(
        matched=_matched(query),
        ranked=words.sql or "''::tsquery",
        joined=narrowing.joined,
        narrowed=narrowing.where,
    )
    asks = query.values | words.values | narrowing.values
    with connection.cursor() as cursor:
        cursor.execute(statement, asks | {"most": MOST_RANKED, "shown": most, "at": at})
        return [number for (number,) in cursor.fetchall()]


def _estimated(query: Condition) -> int:
    """Return how many documents PostgreSQL thinks have it."""
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATED.format(matched=_matched(query)), query.values)
        (plan,) = cursor.fetchone() or ("[]",)
    plans = json.loads(plan) if isinstance(plan, str) else plan
    return int(plans[0]["Plan"]["Plan Rows"])


def _matched(query: Condition) -> str:
    return f"document.words @@ ({query.sql})" if query.parts else "TRUE"

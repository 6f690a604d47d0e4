"""Which tickets are found, best first. It writes nothing.

The index is looked through step by step, the newest tickets first, until there is enough: where
many tickets have the words, a step is narrow, where few have them, it is everything. Parts of
the index none of whose tickets changed at the time that is asked for are passed over. So what a
search costs does not grow with the number of tickets. What only a look at each ticket can tell,
as whether a phrase of three words stands there, is told of so many, and then it is said how far
back that went.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Max

from answerable.search.models import Document, Part
from answerable.search.querying import Wanted
from answerable.search.statements import ESTIMATED, FOUND, PART

# Among how many of a step the best are chosen, and how many of all are shown.
MOST_RANKED = 1000
ENOUGH = 300
MOST_SHOWN = 50
# What few tickets have is looked for everywhere at once; else in steps in which about so many
# are expected. A step names its parts of the index one by one, and with many that takes longer
# than to leave out what the whole index has. An estimate may be some times too high; but before
# so many parts were looked through, they may be unlike those that come.
FEW = 3000
STEP = 600
MOST_PARTS = 16
TOO_HIGH = 8
SURE = 8
# After so many tickets that have the words, but not as it was asked, one may go on later.
MOST_LOOKED = 3000


@dataclass(frozen=True, slots=True)
class Narrowing:
    """Conditions on the ticket's row, with the values that they name; `days`: the first, if
    there is one, and the last on which it may have changed last."""

    joined: str = ""
    where: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    days: tuple[date | None, date] | None = None


@dataclass(frozen=True, slots=True)
class Hits:
    """The numbers of the best tickets, best first; `below`: those with lower numbers were not
    looked through, 0 where all were."""

    numbers: Sequence[int]
    below: int = 0


@dataclass(frozen=True, slots=True)
class _Step:
    """What one step found: the best, among how many, and the lowest of these."""

    best: list[int]
    looked: int
    lowest: int


def found(wanted: Wanted, narrowing: Narrowing, at: datetime, below: int | None = None) -> Hits:
    """Return the best tickets that meet all conditions; `below`: of those with lower numbers
    alone."""
    if below is None:
        below = (Document.objects.aggregate(newest=Max("pk"))["newest"] or 0) + 1
    parts = _parts(below, narrowing.days)
    whole, expected = len(parts), _estimated(wanted)
    numbers, looked, width = list[int](), 0, _width(expected, whole)
    while parts and len(numbers) < ENOUGH and looked < MOST_LOOKED:
        some = parts[:width]
        within = _marks(some) if len(some) < whole else ""
        step = _looked(wanted, narrowing, at, within, some[-1] * PART, below)
        numbers += step.best
        looked += step.looked
        like_it = step.looked * len(parts) // len(some)
        below = step.lowest if step.looked == MOST_RANKED else some[-1] * PART
        parts = [part for part in parts if part * PART < below]
        expected = max(like_it, expected // TOO_HIGH)
        width = _width(expected, len(parts))
        if (seen := whole - len(parts)) < SURE:
            width = min(width, 2 * seen + 1)
    return Hits(numbers[:MOST_SHOWN], below if parts and len(numbers) < MOST_SHOWN else 0)


def _parts(below: int, days: tuple[date | None, date] | None) -> Sequence[int]:
    """Return the parts of the index, the newest first, that have lower numbers and tickets
    which may have changed last on these days."""
    newest = (below - 1) // PART
    if days is None:
        return range(newest, -1, -1)
    first, last = days
    changed = Part.objects.filter(number__lte=newest, since__lte=last)
    if first:
        changed = changed.filter(until__gte=first)
    return list(changed.order_by("-number").values_list("number", flat=True))


def _width(expected: int, parts: int) -> int:
    """Return how many parts a step looks through, where so many tickets are expected in all
    that are left: all of them, or some."""
    if expected <= FEW:
        return parts
    return max(1, min(MOST_PARTS, parts * STEP // expected))


def _marks(parts: Sequence[int]) -> str:
    """Return the marks of parts of the index; of many parts none, as they slow it down."""
    return " | ".join(f"'#b{part}'" for part in parts) if len(parts) <= MOST_PARTS else ""


def _looked(
    wanted: Wanted, narrowing: Narrowing, at: datetime, within: str, lowest: int, below: int
) -> _Step:
    """Look through the tickets from one number to below another. One query."""
    statement = FOUND.format(
        matched=wanted.matched(within),
        checked=wanted.checked,
        ranked=wanted.ranked,
        joined=narrowing.joined,
        narrowed=narrowing.where,
    )
    asks: dict[str, Any] = {
        "most": MOST_RANKED,
        "shown": ENOUGH,
        "at": at,
        "lowest": lowest,
        "below": below,
    }
    with connection.cursor() as cursor:
        cursor.execute(statement, asks | wanted.values | narrowing.values)
        looked, last, best = cursor.fetchone() or (0, 0, [])
    return _Step(best, looked, last or 0)


def _estimated(wanted: Wanted) -> int:
    """Return how many documents PostgreSQL thinks have it."""
    with connection.cursor() as cursor:
        cursor.execute(ESTIMATED.format(matched=wanted.matched()), wanted.values)
        (plan,) = cursor.fetchone() or ("[]",)
    plans = json.loads(plan) if isinstance(plan, str) else plan
    return int(plans[0]["Plan"]["Plan Rows"])

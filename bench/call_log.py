"""The log of a call centre: who called when, how long each call took, and who answered.

Tab-separated, as the Technion published that of a bank. Times are seconds since the first day.
"""

from __future__ import annotations

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path

DAY = 86_400
# Whoever takes no call for so long has gone: for a break, or home.
LONGEST_GAP = 20 * 60
# Who took so many calls of a type in the month knows it.
KNOWS_FROM = 20
NOBODY = "NO_SERVER"
Row = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody who calls: when, in which class, about what, how long it takes to help them,
    and how long they wait before they hang up."""

    key: int
    at: float
    priority: int
    type: str
    service: float
    patience: float


@dataclass(frozen=True, slots=True)
class Stretch:
    """An agent is there, from one instant to another, and knows some types of calls."""

    agent: str
    begins: float
    ends: float
    knows: frozenset[str]


@dataclass(frozen=True, slots=True)
class Log:
    """Everybody who called and everybody who was there; of the calls as they really went, the
    waits of those who were helped and how many hung up, by class."""

    callers: list[Caller]
    stretches: list[Stretch]
    waited: dict[int, list[float]]
    hung_up: dict[int, int]


def read_log(path: Path) -> Log:
    """Return a log. What nobody can know is drawn the same each time: how long a call would
    have taken that was given up, and how long somebody who was helped would have waited."""
    chance = random.Random(1)  # noqa: S311  # Nothing secret.
    rows = [row for row in _rows(path) if _is_call(row)]
    waited: dict[int, list[float]] = defaultdict(list)
    hung_up: dict[int, int] = defaultdict(int)
    for row in rows:
        if _is_helped(row):
            waited[int(row["priority"])].append(float(row["q_time"]))
        else:
            hung_up[int(row["priority"])] += 1
    patience = {key: _mean_patience(rows, key) for key in waited}
    lengths = _lengths(rows)
    callers = [
        Caller(
            key=number,
            at=_instant(row, "vru_exit"),
            priority=int(row["priority"]),
            type=row["type"],
            service=float(row["ser_time"]) if _is_helped(row) else chance.choice(lengths),
            patience=float(row["q_time"])
            + (
                chance.expovariate(1 / patience[int(row["priority"])]) if _is_helped(row) else 0
            ),
        )
        for number, row in enumerate(rows)
    ]
    return Log(callers, list(_stretches(rows)), waited, hung_up)


def _rows(path: Path) -> Iterator[Row]:
    with gzip.open(path, "rt", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            yield {key.strip(): value.strip() for key, value in row.items()}


def _is_call(row: Row) -> bool:
    """Say whether somebody came as far as the line: many hang up while the machine talks."""
    return _is_helped(row) or (row["outcome"] == "HANG" and int(row["q_time"]) > 0)


def _is_helped(row: Row) -> bool:
    return row["outcome"] == "AGENT" and row["server"] != NOBODY


def _mean_patience(rows: Sequence[Row], priority: int) -> float:
    """Return how long people of a class wait before they hang up, from those who did and those
    who were helped before: all that was waited, by each who gave up."""
    own = [row for row in rows if int(row["priority"]) == priority]
    given_up = sum(not _is_helped(row) for row in own)
    return sum(float(row["q_time"]) for row in own) / max(1, given_up)


def _lengths(rows: Sequence[Row]) -> list[float]:
    return [float(row["ser_time"]) for row in rows if _is_helped(row)]


def _stretches(rows: Sequence[Row]) -> Iterator[Stretch]:
    """Return when each agent was there: from a call to the next one, if it came soon."""
    calls: dict[str, list[tuple[float, float]]] = defaultdict(list)
    types: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for row in filter(_is_helped, rows):
        begins = _instant(row, "ser_start")
        calls[row["server"]].append((begins, begins + float(row["ser_time"])))
        types[row["server"]][row["type"]] += 1
    for agent, spans in calls.items():
        knows = frozenset(one for one, count in types[agent].items() if count >= KNOWS_FROM)
        begins, ends = min(spans)
        for (_begin, _end), (begin, end) in pairwise(sorted(spans)):
            if begin - ends > LONGEST_GAP:
                yield Stretch(agent, begins, ends, knows)
                begins = begin
            ends = max(ends, end)
        yield Stretch(agent, begins, ends, knows)


def _instant(row: Row, column: str) -> float:
    day = date(1900 + int(row["date"][:2]), int(row["date"][2:4]), int(row["date"][4:]))
    hours, minutes, seconds = map(int, row[column].split(":"))
    since = (day - date(day.year, 1, 1)).days
    return since * DAY + hours * 3600 + minutes * 60 + seconds

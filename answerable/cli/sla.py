"""`answerable sla due`: our arithmetic against cases of business time, line by line."""

from __future__ import annotations

import argparse
import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, BinaryIO

from answerable.cli.say import complain
from answerable.cli.wrong import Wrong
from answerable.sla.core.cases import (
    BadCase,
    Judge,
    Judged,
    is_scored,
    judge_due,
    judge_elapsed,
    judge_intervals,
)
from answerable.sla.core.scenarios import judge_pauses

JUDGES: dict[str, Judge] = {
    "due": judge_due,
    "elapsed": judge_elapsed,
    "intervals": judge_intervals,
    "pauses": judge_pauses,
}
RIGHT, WRONG, APART, OPEN, UNREADABLE = "right", "wrong", "not scored", "without", "unreadable"


def run(options: argparse.Namespace) -> int:
    """Print each case back with our answer; 1 when one is wrong, 2 when one cannot be read."""
    counts: Counter[str] = Counter()
    with _lines(options.vectors) as lines:
        try:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    counts[_answer(number, line, JUDGES[options.kind])] += 1
        except BrokenPipeError:
            # Whoever read us has enough. Nothing more must be written, at the end neither.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    complain(_summary(counts))
    return 2 if counts[UNREADABLE] else 1 if counts[WRONG] else 0


def _answer(number: int, line: bytes, judge: Judge) -> str:
    """Print one case with our answer, and return what it counts as."""
    try:
        case = _case(line)
        judged = judge(case)
    except BadCase as error:
        complain(f"Line {number} cannot be read: {error}.")
        return UNREADABLE
    print(json.dumps(case | {"answer": judged.answer, "ok": judged.ok}), flush=True)  # noqa: T201
    return _counted_as(case, judged)


def _case(line: bytes) -> dict[str, Any]:
    try:
        case = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise BadCase(f"it is not JSON: {error}") from error
    if not isinstance(case, dict):
        raise BadCase("it is not an object of names and values")
    return case


def _counted_as(case: dict[str, Any], judged: Judged) -> str:
    if judged.ok is None:
        return OPEN
    if not is_scored(case):
        return APART
    return RIGHT if judged.ok else WRONG


def _summary(counts: Counter[str]) -> str:
    parts = [f"{counts[RIGHT]} right", f"{counts[WRONG]} wrong"]
    if counts[APART]:
        parts.append(f"{counts[APART]} on which projects disagree, not scored")
    if counts[OPEN]:
        parts.append(f"{counts[OPEN]} that expect nothing")
    if counts[UNREADABLE]:
        parts.append(f"{counts[UNREADABLE]} that cannot be read")
    cases = "1 case" if counts.total() == 1 else f"{counts.total()} cases"
    return f"{cases}: {', '.join(parts)}."


@contextmanager
def _lines(place: str) -> Iterator[BinaryIO]:
    if place == "-":
        yield sys.stdin.buffer
        return
    try:
        file = open(place, "rb")  # noqa: SIM115  # It is closed below.
    except OSError as error:
        raise Wrong(f"Cannot read {place}: {error.strerror}.") from error
    with file:
        yield file

"""Our answers against the test suites of other projects, where those lie beside this one."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from answerable.sla.core.cases import (
    Judge,
    is_scored,
    judge_due,
    judge_elapsed,
    judge_intervals,
)
from answerable.sla.core.scenarios import judge_pauses

VECTORS = Path(__file__).resolve().parents[3].parent / "shared" / "vectors"

pytestmark = pytest.mark.skipif(
    not VECTORS.is_dir(), reason="The cases of other projects are not beside this one."
)


def cases(pattern: str, key: str) -> list[dict[str, Any]]:
    """Return the cases that have a key and on which the projects agree."""
    lines = [line for file in sorted(VECTORS.glob(pattern)) for line in file.open()]
    read = [json.loads(line) for line in lines]
    return [case for case in read if key in case and is_scored(case)]


@pytest.mark.parametrize(
    ("it", "pattern", "key", "judge", "least"),
    [
        ("is due when the others say", "*.jsonl", "due", judge_due, 250),
        ("is due so across clock changes in 16 zones", "oracle/*.jsonl", "due", judge_due, 250),
        ("counts as much open time", "elapsed/*.jsonl", "due", judge_elapsed, 100),
        ("is open when the others are", "intervals/*.jsonl", "from", judge_intervals, 10),
        ("pauses as the others do", "scenarios_pause.jsonl", "expect", judge_pauses, 5),
    ],
)
def test_it(it: str, pattern: str, key: str, judge: Judge, least: int) -> None:
    read = cases(pattern, key)
    assert len(read) >= least
    assert [case["id"] for case in read if not judge(case).ok] == [], it


def test_it_is_due_at_closing_time_wherever_projects_differ() -> None:
    for case in cases("*.jsonl", "due_alt") + cases("oracle/*.jsonl", "due_alt"):
        at_closing = case["due_alt" if case["due_at"] == "next_period_start" else "due"]
        answer = judge_due(case).answer
        assert datetime.fromisoformat(answer) == datetime.fromisoformat(at_closing), case["id"]

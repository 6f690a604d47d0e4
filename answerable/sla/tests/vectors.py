"""Business-time cases from other projects' test suites, where they lie beside the project."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

from answerable.sla.core.hours import Hours

VECTORS = Path(__file__).resolve().parents[3].parent / "shared" / "vectors"

Case = dict[str, Any]


def cases(pattern: str) -> list[Case]:
    """Return the cases on which the projects agree."""
    files = sorted(VECTORS.glob(pattern))
    lines = [line for file in files for line in file.read_text().splitlines() if line]
    read = [json.loads(line) for line in lines]
    return [case for case in read if case.get("check", "agrees") == "agrees"]


def calendar(case: Case) -> Hours:
    """Return a case's calendar."""
    said = case["calendar"]
    return _calendar(json.dumps(said))


@cache
def _calendar(text: str) -> Hours:
    said = json.loads(text)
    weekly = tuple(
        tuple((opens, closes) for on, opens, closes in said["weekly"] if on == day)
        for day in range(7)
    )
    dated: dict[date, tuple[tuple[str, str], ...]] = {
        date.fromisoformat(day): () for day in said.get("holidays", [])
    }
    for day, hours in said.get("date_hours", {}).items():
        dated[date.fromisoformat(day)] = tuple((opens, closes) for opens, closes in hours)
    return Hours(said["tz"], weekly, dated)


def start(case: Case) -> datetime:
    """Return when a case begins."""
    return datetime.fromisoformat(case["start"])


def allowance(case: Case) -> timedelta:
    """Return the open time of a case."""
    return timedelta(seconds=case["business_seconds"])

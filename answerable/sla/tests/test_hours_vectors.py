"""Due times against the test suites of other projects, where those lie beside this one."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from answerable.sla.tests.vectors import VECTORS, Case, allowance, calendar, cases, start

pytestmark = pytest.mark.skipif(
    not VECTORS.is_dir(), reason="The cases of other projects are not beside this one."
)


def test_it_is_due_when_the_others_say() -> None:
    read = [case for case in cases("*.jsonl") if "due" in case]
    assert len(read) > 250
    assert [wrong(case) for case in read if wrong(case)] == []


def test_it_is_due_when_the_others_say_across_clock_changes_in_sixteen_zones() -> None:
    read = cases("oracle/*.jsonl")
    assert len(read) > 250
    assert [wrong(case) for case in read if wrong(case)] == []


def test_it_counts_as_much_open_time_as_the_others() -> None:
    read = cases("elapsed/*.jsonl")
    assert len(read) > 100
    for case in read:
        spans = calendar(case).spans(start(case), datetime.fromisoformat(case["due"]))
        assert sum((span.length for span in spans), timedelta()) == allowance(case), case["id"]


def test_it_is_open_when_the_others_are() -> None:
    read = cases("intervals/*.jsonl")
    assert len(read) > 10
    for case in read:
        begin, end = (datetime.fromisoformat(case[key]) for key in ("from", "to"))
        found = [(span.begin, span.end) for span in calendar(case).spans(begin, end)]
        said = [(datetime.fromisoformat(a), datetime.fromisoformat(b)) for a, b in opened(case)]
        assert found == said, case["id"]


def opened(case: Case) -> list[tuple[str, str]]:
    return [(begin, end) for begin, end in case["open_intervals"]]


def wrong(case: Case) -> str:
    """Say what is wrong. Used up exactly at closing time, ours is due at closing time."""
    at_closing = case["due_at"] == "next_period_start"
    due = datetime.fromisoformat(case["due_alt"] if at_closing else case["due"])
    found = calendar(case).due(start(case), allowance(case))
    return "" if found == due else f"{case['id']}: {found} is not {due}"

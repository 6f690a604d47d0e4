"""Three numbers, never one that hides."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.sla.core.counting import Kept, Standing, Tally, quantile, tally, wilson
from answerable.sla.tests.outcomes import on, promise, promises

DUE = on(2025, 10, 6)
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("outcome", "excused", "standing"),
    [
        ("met", False, "met"),
        ("missed", False, "missed"),
        ("missed", True, "excused"),
        ("running", False, "open"),
        ("paused", False, "open"),
        ("void", False, "left_out"),
        ("superseded", False, "left_out"),
        # An excuse of a miss that was corrected since excuses nothing.
        ("met", True, "met"),
        ("void", True, "left_out"),
    ],
)
def test_it_counts_a_promise_as_one_thing(outcome: str, excused: bool, standing: str) -> None:
    assert promise(1, DUE, outcome, excused=excused).standing == standing


@given(promises())
def test_it_adds_up(kept: Sequence[Kept]) -> None:
    count = tally(kept)
    assert count.promises + count.left_out == len(kept)
    assert count.promises == count.met + count.missed + count.excused + count.open
    assert tally(kept[:7]) + tally(kept[7:]) == count


@given(promises())
def test_an_excuse_makes_no_share_better(kept: Sequence[Kept]) -> None:
    bare = [
        promise(one.clock, one.due_at, one.outcome, excused=False, answered_at=None)
        for one in kept
    ]
    assert tally(kept).share == tally(bare).share


def test_nothing_has_no_share() -> None:
    assert Tally(open=3).share is None
    assert Tally(open=3).range == (0, 1)


@pytest.mark.parametrize(
    ("kept", "of", "low", "high"),
    # Figures of R's binom.wilson, and of ux.md 11.
    [
        (4, 5, 0.3755, 0.9638),
        (37, 38, 0.8651, 0.9953),
        (402, 418, 0.9387, 0.9763),
        (0, 10, 0.0, 0.2775),
        (10, 10, 0.7225, 1.0),
    ],
)
def test_it_says_how_sure_a_share_is(kept: int, of: int, low: float, high: float) -> None:
    assert wilson(kept, of) == pytest.approx((low, high), abs=0.0001)


def test_five_of_five_is_few_and_far_from_sure() -> None:
    count = Tally(met=5)
    assert count.is_few
    assert count.range[0] < 0.6
    assert not Tally(met=9, missed=1).is_few


@given(st.integers(0, 500), st.integers(0, 500))
def test_a_share_lies_in_its_range(kept: int, missed: int) -> None:
    count = Tally(met=kept, missed=missed)
    low, high = count.range
    assert 0 <= low <= high <= 1
    assert count.share is None or low <= count.share <= high


@pytest.mark.parametrize(
    ("minutes", "median", "nine_of_ten"),
    [
        ([], None, None),
        ([5], 5, 5),
        ([4, 1, 3, 2], 2, 4),
        ([1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 5, 9),
        # What is not answered yet took longer than all that was.
        ([1, None], 1, None),
        ([None, None, 7], None, None),
    ],
)
def test_it_finds_the_length_within_which_a_share_lies(
    minutes: list[int | None], median: int | None, nine_of_ten: int | None
) -> None:
    lengths = [None if m is None else m * MINUTE for m in minutes]
    wanted = [None if m is None else m * MINUTE for m in (median, nine_of_ten)]
    assert [quantile(lengths, 0.5), quantile(lengths, 0.9)] == wanted


def test_it_takes_time_until_the_answer() -> None:
    assert promise(1, DUE, "missed").taken == timedelta(hours=2)
    assert promise(1, DUE, "running").taken is None
    assert promise(1, DUE, "met").standing == Standing.MET

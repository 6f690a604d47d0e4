"""What is expected to come in, and how far a forecast is widened by what came."""

from __future__ import annotations

from random import Random

from hypothesis import given
from hypothesis import strategies as some

from answerable.forecast.core.arriving import Arrival, Expected, surprise_of
from answerable.forecast.core.reading import range_of, share_inside

POOL = [Arrival(10 * number, 60) for number in range(6)]
EIGHT = (9, 8, 11, 7, 10, 9, 8, 10)


def drawn(expected: Expected) -> list[int]:
    return [len(expected.draw(Random(seed))) for seed in range(500)]


def test_as_many_come_as_in_the_weeks_before() -> None:
    came = range_of(drawn(Expected(EIGHT, POOL)))
    assert 8 <= came.mean <= 10
    assert came.low < 9 < came.high


def test_weeks_that_differ_make_the_range_wide() -> None:
    steady = range_of(drawn(Expected((9,) * 8, POOL)))
    wild = range_of(drawn(Expected((0, 25, 2, 20, 1, 18, 0, 6), POOL)))
    assert wild.high - wild.low > steady.high - steady.low


def test_after_a_surprise_the_range_is_wider() -> None:
    assert surprise_of(18, 6, 13) > 1.5
    assert surprise_of(13, 6, 13) == 1.0
    as_ever = range_of(drawn(Expected(EIGHT, POOL)))
    surprised = range_of(drawn(Expected(EIGHT, POOL, surprise=surprise_of(18, 6, 13))))
    assert surprised.high > as_ever.high
    assert surprised.high - surprised.low > as_ever.high - as_ever.low


def test_b_04_three_weeks_are_not_enough() -> None:
    assert not Expected((4, 4, 4), POOL).is_enough
    assert Expected((4, 4, 4, 4), POOL).is_enough


def test_an_hour_in_which_nothing_ever_came_brings_nothing() -> None:
    assert drawn(Expected((0, 0, 0, 0), ())) == [0] * 500


@given(some.lists(some.tuples(some.integers(0, 5), some.integers(5, 9), some.integers(0, 12))))
def test_the_share_inside_is_of_all(rows: list[tuple[int, int, int]]) -> None:
    share = share_inside(rows)
    assert (share is None) == (not rows)
    if rows:
        assert share == round(100 * sum(a <= c <= b for a, b, c in rows) / len(rows))

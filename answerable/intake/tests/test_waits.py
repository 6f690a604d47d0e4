"""An estimate is what eight of ten people waited lately, rounded up, and never invented."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from answerable.lib.waits import FEWEST_SAMPLES, STEPS, rounded_up, usual_wait

MINUTE = timedelta(minutes=1)
WAITS = some.timedeltas(timedelta(), timedelta(hours=3))


def test_it_says_nothing_of_few() -> None:
    assert usual_wait([MINUTE] * (FEWEST_SAMPLES - 1)) is None
    assert usual_wait([MINUTE] * FEWEST_SAMPLES) == MINUTE


def test_it_is_the_80th_of_a_hundred() -> None:
    assert usual_wait([n * MINUTE for n in range(100, 0, -1)]) == 80 * MINUTE
    assert usual_wait([n * MINUTE for n in range(1, 11)]) == 8 * MINUTE


@given(some.lists(WAITS, min_size=FEWEST_SAMPLES, max_size=50))
def test_eight_of_ten_waited_no_longer(waits: list[timedelta]) -> None:
    usual = usual_wait(waits)
    assert usual in waits
    assert usual is not None
    assert sum(wait <= usual for wait in waits) * 100 >= 80 * len(waits)
    assert sum(wait < usual for wait in waits) * 100 < 80 * len(waits)


@pytest.mark.parametrize(
    ("seconds", "minutes"),
    [(0, 1), (60, 1), (61, 2), (181, 5), (600, 10), (601, 15), (3600, 60), (3601, None)],
)
def test_it_rounds_up(seconds: int, minutes: int | None) -> None:
    assert rounded_up(timedelta(seconds=seconds)) == minutes


@given(WAITS)
def test_nobody_is_told_less_than_it_was(wait: timedelta) -> None:
    told = rounded_up(wait)
    assert told is None or (told in STEPS and wait <= told * MINUTE)

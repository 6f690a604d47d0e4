"""The picture of a week shows each open hour once, where it lies."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.office.strip import MINUTES, WIDTH, Bar, bars

CLOSED = ((),) * 6
MINUTE = st.integers(0, MINUTES - 1)


def clock(minutes: int) -> str:
    return f"{minutes // 60:02}:{minutes % 60:02}"


def test_a_lunch_split_is_two_bars() -> None:
    week = ((("08:00", "12:00"), ("13:00", "17:00")), *CLOSED)
    assert bars(week) == [Bar(160, 2, 80), Bar(260, 2, 80)]


def test_a_night_goes_on_in_the_next_row_and_sundays_in_mondays() -> None:
    night = (("22:00", "06:00"),)
    assert bars((*CLOSED, night)) == [Bar(440, 98, 40), Bar(0, 2, 120)]
    assert bars(((("00:00", "24:00"),), *CLOSED)) == [Bar(0, 2, WIDTH)]


@given(MINUTE, MINUTE, st.integers(0, 6))
def test_bars_are_as_long_as_what_is_open(begin: int, end: int, day: int) -> None:
    week = tuple(((clock(begin), clock(end)),) if n == day else () for n in range(7))
    length = (end - begin) % MINUTES or MINUTES
    drawn = bars(week)
    assert round(sum(bar.width for bar in drawn) * MINUTES / WIDTH) == length
    assert all(bar.x >= 0 and bar.x + bar.width <= WIDTH for bar in drawn)

"""Marks of the time at which tickets last changed."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerable.search.core.months import marks_of_time

DAYS = st.dates(date(1990, 1, 1), date(2040, 12, 31))


def test_whole_years_have_one_mark() -> None:
    marks = marks_of_time(date(2023, 11, 5), date(2026, 2, 1))
    assert marks == ["#m202311", "#m202312", "#y2024", "#y2025", "#m202601", "#m202602"]


def test_without_a_beginning_it_reaches_back_to_all_that_is_there() -> None:
    assert marks_of_time(None, date(1991, 1, 1)) == ["#y1990", "#m199101"]


def test_an_end_before_the_beginning_has_none() -> None:
    assert marks_of_time(date(2026, 2, 1), date(2026, 1, 1)) == []
    assert marks_of_time(date(2026, 2, 1), date(2025, 1, 1)) == []


@given(DAYS, st.integers(0, 2000), st.integers(0, 2000))
def test_no_day_between_is_without_its_mark(first: date, length: int, inside: int) -> None:
    last = first + timedelta(days=length)
    day = first + timedelta(days=min(inside, length))
    its = {f"#y{day.year}", f"#m{day.year}{day.month:02}"}
    assert len(its & set(marks_of_time(first, last))) == 1

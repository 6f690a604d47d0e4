"""The hours of a day as people write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.routing.core.written_hours import Overlap, Unreadable, hours_text, read_hours


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("", ""),
        ("9-17", "09:00-17:00"),
        ("13:00 \N{EN DASH} 17:30; 9-12", "09:00-12:00, 13:00-17:30"),
        ("0-24", "00:00-24:00"),
        ("08:00-12:00, 12:00-16:00", "08:00-12:00, 12:00-16:00"),
    ],
)
def test_it_reads_what_people_write(written: str, kept: str) -> None:
    assert hours_text(read_hours(written)) == kept


@pytest.mark.parametrize(
    "written", ["nine", "9", "17-9", "9-9", "9:60-10", "9-25", "24-24", "9-17 Uhr"]
)
def test_it_refuses_what_are_no_hours(written: str) -> None:
    with pytest.raises(Unreadable):
        read_hours(written)


@pytest.mark.parametrize("written", ["9-12, 11-14", "9-24, 23-24"])
def test_stretches_do_not_overlap(written: str) -> None:
    with pytest.raises(Overlap):
        read_hours(written)


@given(st.lists(st.integers(0, 1440), max_size=8, unique=True))
def test_what_is_kept_reads_the_same(instants: list[int]) -> None:
    ends = sorted(instants)[: len(instants) // 2 * 2]
    hours = tuple(
        (time(*divmod(opens, 60)), time(*divmod(closes % 1440, 60)))
        for opens, closes in zip(ends[::2], ends[1::2], strict=True)
    )
    assert read_hours(hours_text(hours)) == hours


def test_shifts_go_on_over_midnight_where_they_may() -> None:
    kept = hours_text(read_hours("18-8, 0-8", over_midnight=True))
    assert kept == "00:00-08:00, 18:00-08:00"
    assert hours_text(read_hours("18-0", over_midnight=True)) == "18:00-24:00"
    for written in ("8-8", "24-8"):
        with pytest.raises(Unreadable):
            read_hours(written, over_midnight=True)
    with pytest.raises(Overlap):
        read_hours("18-8, 20-22", over_midnight=True)

"""When a promise is soon, at risk, in a hurry, and the next person's."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.notices.core.levels import Kind
from answerable.notices.core.promises import Promise, stage
from answerable.notices.core.trying import Came, judged, next_try

START = datetime(2025, 10, 20, 8, tzinfo=UTC)
ORDER = [None, Kind.SOON, Kind.RISK, Kind.HURRY, Kind.NEXT]


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


HALF_HOUR = Promise(START, START + minutes(18), START + minutes(30))


@pytest.mark.parametrize(
    ("minute", "comes"),
    [(7, None), (9, Kind.SOON), (19, Kind.RISK), (25, Kind.HURRY), (26, Kind.NEXT), (30, None)],
)
def test_a_promise_of_thirty_minutes(minute: int, comes: Kind | None) -> None:
    assert stage(HALF_HOUR, START + minutes(minute)) == comes


@given(length=st.integers(5, 5000), handling=st.integers(0, 60), steps=st.integers(1, 200))
def test_a_promise_only_becomes_more_urgent(length: int, handling: int, steps: int) -> None:
    due = START + minutes(length)
    promise = Promise(START, due - minutes(handling), due)
    each = (due - START) / (steps + 1)
    stages = [ORDER.index(stage(promise, START + each * n)) for n in range(1, steps + 1)]
    assert stages == sorted(stages)


def test_what_rings_by_itself_has_no_stages() -> None:
    chat = Promise(START, START, START + minutes(2))
    assert stage(chat, START + minutes(1.9)) is None


def test_tries_end_and_their_waits_grow() -> None:
    for is_urgent in (True, False):
        waits: list[timedelta] = []
        while (wait := next_try(len(waits) + 1, is_urgent=is_urgent)) is not None:
            waits.append(wait)
        assert waits == sorted(waits)
        assert waits


@pytest.mark.parametrize(
    ("status", "came"),
    [
        (200, Came.DELIVERED),
        (202, Came.DELIVERED),
        (400, Came.FAILED),
        (410, Came.GONE),
        (429, Came.AGAIN),
        (503, Came.AGAIN),
    ],
)
def test_an_answer_is_judged_by_its_status(status: int, came: Came) -> None:
    assert judged(status) == came

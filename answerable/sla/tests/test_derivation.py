"""The steps of a due time, with pauses cut out of them, are without gaps and add up."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from answerable.sla.core.derivation import stretches, with_pauses
from answerable.sla.core.hours import Hours
from answerable.sla.core.pauses import Pause, due_with_pauses

MONDAY = datetime(2026, 3, 23, tzinfo=UTC)
DAY = (("09:00", "12:00"), ("13:00", "17:00"))
HOURS = Hours("Europe/Berlin", (DAY, DAY, DAY, DAY, DAY, (), ()))
minutes = st.integers(0, 20_000)


@st.composite
def pauses(draw: st.DrawFn) -> list[Pause]:
    """Pauses in order that do not touch."""
    marks = sorted(draw(st.sets(minutes, max_size=8)))
    ends = [MONDAY + timedelta(minutes=mark) for mark in marks]
    return [Pause(begin, end) for begin, end in zip(ends[::2], ends[1::2], strict=False)]


@given(minutes, st.integers(1, 3_000), pauses())
def test_what_is_counted_adds_up_to_what_was_allowed(
    start: int, allowed: int, waits: list[Pause]
) -> None:
    begun, allowance = MONDAY + timedelta(minutes=start), timedelta(minutes=allowed)
    due = due_with_pauses(HOURS, begun, allowance, waits)
    assert due
    steps = with_pauses(stretches(begun, due, HOURS.spans(begun, due)), waits)
    assert sum((step.length for step in steps), timedelta()) == allowance
    assert [steps[0].begin, *(step.end for step in steps)] == [
        *(step.begin for step in steps),
        due,
    ]
    paused = [step for step in steps if step.paused]
    assert all(not step.counted for step in paused)
    assert all(
        any(p.begin <= s.begin and s.end <= (p.end or due) for p in waits) for s in paused
    )

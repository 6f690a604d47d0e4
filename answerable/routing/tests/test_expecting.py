"""When the next promise is likely to come: only with enough history, and never in the past."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from answerable.cast import Cast
from answerable.desk.tests.opening import ask
from answerable.routing.core.expecting import ENOUGH, SOON, WEEKS, next_expected, weeks_before
from answerable.routing.expecting import expected_after
from answerable.sla.models import Clock

AT = datetime(2026, 3, 30, 14, 3, tzinfo=ZoneInfo("Europe/Berlin"))
WAITS = st.lists(
    st.none() | st.timedeltas(timedelta(0), timedelta(days=3)), min_size=WEEKS, max_size=WEEKS
)


def test_it_is_the_middle_of_what_it_took_on_the_same_weekday() -> None:
    took = [timedelta(minutes=minutes) for minutes in (20, 70, 75, 80, 90, 300, 70, 77)]
    firsts = [week + wait for week, wait in zip(weeks_before(AT), took, strict=True)]
    assert next_expected(firsts, AT) == AT.replace(hour=15, minute=20)


def test_the_wall_counts_where_clocks_went_forward_between() -> None:
    before = weeks_before(AT)[0]
    assert (before.hour, before.utcoffset()) == (14, timedelta(hours=1))


@given(WAITS)
def test_nothing_is_said_without_enough_history_and_nothing_of_the_past(
    waits: list[timedelta | None],
) -> None:
    firsts = [
        week + wait if wait is not None else None
        for week, wait in zip(weeks_before(AT), waits, strict=True)
    ]
    enough = sum(wait is not None and wait <= SOON for wait in waits) >= ENOUGH
    found = next_expected(firsts, AT)
    assert (found is not None) == enough
    if found:
        assert AT <= found <= AT + SOON + timedelta(minutes=10)
        assert found.minute % 10 == 0


def test_it_is_read_from_promises_that_were_made(cast: Cast, at: datetime) -> None:
    now = at.astimezone(AT.tzinfo)
    assert expected_after(now) is None
    for week in weeks_before(now):
        began = week + timedelta(minutes=30)
        clocks = Clock.objects.filter(ticket=ask(cast.dana, at=at), kind="guarantee")
        assert clocks.update(started_at=began, due_at=began + timedelta(hours=1))
    expected = expected_after(now)
    assert expected
    assert timedelta(minutes=30) <= expected - now < timedelta(minutes=40)

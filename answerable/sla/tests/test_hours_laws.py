"""What holds for every calendar, start and allowance."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.sla.core.hours import Always, Hours, Weekly
from answerable.sla.core.lookup import Lookup
from answerable.sla.core.union import Union

OFFICE: Weekly = ((("08:00", "17:00"),),) * 5 + ((), ())
LUNCH: Weekly = ((("08:30", "12:00"), ("13:00", "17:45")),) * 4 + (
    (("09:00", "13:00"),),
    (),
    (),
)
NIGHTS: Weekly = ((("00:00", "03:00"), ("22:00", "24:00")),) * 7
ROUND: Weekly = ((("00:00", "24:00"),),) * 7
ONCE: Weekly = ((), (("02:30", "03:30"),), (), (), (), (), ())
SHIFTS: Weekly = ((("20:00", "04:30"),),) * 6 + ((),)
CLEAR: Weekly = ((("04:00", "11:15"), ("12:00", "24:00")),) * 6 + ((),)  # of clock changes

CALENDARS: list[Lookup] = [
    Hours("Europe/Berlin", OFFICE),
    Hours("America/New_York", LUNCH),
    Hours("Australia/Lord_Howe", NIGHTS),
    Hours("America/Havana", NIGHTS),
    Hours("America/Santiago", LUNCH),
    Hours("Africa/Casablanca", ROUND),
    Hours("Europe/Berlin", ONCE),
    Hours("Asia/Kolkata", OFFICE),
    Hours("Europe/Dublin", SHIFTS, {date(2025, 12, 25): (), date(2026, 3, 29): SHIFTS[0]}),
    Hours(
        "America/Denver", OFFICE, later=[(date(2026, 1, 1), NIGHTS), (date(2027, 7, 1), LUNCH)]
    ),
]
CALENDARS.append(Union("Asia/Tokyo", CALENDARS[-3:]))
calendars = st.sampled_from([*CALENDARS, Always()])
starts = st.datetimes(
    datetime(2024, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    datetime(2029, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
allowances = st.timedeltas(timedelta(microseconds=1), timedelta(hours=60))
few = settings(max_examples=60, deadline=None)
Calendar = Lookup | Always


@few
@given(calendars, starts, allowances, allowances)
def test_it_is_due_later_for_more_time(
    calendar: Calendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    less, more = sorted([one, other])
    assert calendar.due(start, less) <= calendar.due(start, more)


@few
@given(calendars, starts, starts, allowances)
def test_it_is_due_no_earlier_for_a_later_start(
    calendar: Calendar, one: datetime, other: datetime, allowed: timedelta
) -> None:
    early, late = sorted([one, other])
    assert calendar.due(early, allowed) <= calendar.due(late, allowed)


@few
@given(calendars, starts, allowances, allowances)
def test_it_counts_two_parts_as_their_sum(
    calendar: Calendar, start: datetime, one: timedelta, other: timedelta
) -> None:
    assert calendar.due(calendar.due(start, one), other) == calendar.due(start, one + other)


@few
@given(calendars, starts, allowances)
def test_it_is_open_for_exactly_the_allowance_until_it_is_due(
    calendar: Calendar, start: datetime, allowed: timedelta
) -> None:
    spans = calendar.spans(start, calendar.due(start, allowed))
    assert sum((span.length for span in spans), timedelta()) == allowed
    assert all(span.begin < span.end for span in spans)
    assert spans[-1].end == calendar.due(start, allowed)
    assert calendar.open_time(start, calendar.due(start, allowed)) == allowed


@few
@given(calendars, starts, starts, starts)
def test_it_counts_a_wait_in_two_parts_as_one(
    calendar: Calendar, one: datetime, two: datetime, three: datetime
) -> None:
    begin, middle, end = sorted([one, two, three])
    parts = calendar.open_time(begin, middle) + calendar.open_time(middle, end)
    assert parts == calendar.open_time(begin, end)


@few
@given(calendars, starts, allowances)
def test_it_counts_from_the_opening(
    calendar: Calendar, start: datetime, allowed: timedelta
) -> None:
    opening = calendar.opening(start)
    assert start <= opening == calendar.opening(opening)
    assert calendar.due(opening, allowed) == calendar.due(start, allowed)
    assert calendar.due(start, timedelta(0)) == opening


@few
@given(starts, allowances, st.integers(2015, 2035))
def test_it_answers_the_same_however_far_its_table_reaches(
    start: datetime, allowed: timedelta, year: int
) -> None:
    grown = CALENDARS[0]
    grown.opening(datetime(year, 1, 1, tzinfo=UTC))
    assert grown.due(start, allowed) == FRESH.due(start, allowed)


FRESH = Hours("Europe/Berlin", OFFICE)


@few
@given(starts, allowances)
def test_it_answers_the_same_in_whatever_zone_the_start_is_written(
    start: datetime, allowed: timedelta
) -> None:
    for calendar in (Always(), CALENDARS[0]):
        due = calendar.due(start, allowed)
        assert calendar.due(start.astimezone(ZoneInfo("America/New_York")), allowed) == due
        assert due.tzinfo is UTC


@settings(max_examples=25, deadline=None)
@given(
    st.sampled_from(["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"]),
    st.dates(datetime(2025, 3, 1).date(), datetime(2025, 11, 15).date()),  # noqa: DTZ001
    st.integers(0, 24 * 60),
)
def test_it_is_open_when_the_clock_on_the_wall_says_so(
    zone: str, day: object, minute: int
) -> None:
    calendar = WALLS[zone]
    begin = datetime.fromisoformat(f"{day}T00:00+00:00") + timedelta(minutes=minute)
    ticks = [begin + timedelta(minutes=15 * tick) for tick in range(4 * 36)]
    for tick in ticks:
        is_open = bool(calendar.spans(tick, tick + timedelta(microseconds=1)))
        assert is_open == says_open(tick.astimezone(ZoneInfo(zone))), tick


WALLS = {
    zone: Hours(zone, CLEAR)
    for zone in ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
}


def says_open(wall: datetime) -> bool:
    time = f"{wall:%H:%M}"
    return any(opens <= time < closes for opens, closes in CLEAR[wall.weekday()])

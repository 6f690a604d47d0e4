"""What "one day" means: 24 hours, a working day, or 24 hours of open time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from answerable.entitlements.core.allowance import Allowance, Basis, read_allowance
from answerable.sla.core.days import due_after
from answerable.sla.core.hours import Always, Day, Hours, NeverOpen, Weekly
from answerable.sla.core.lookup import Lookup
from answerable.sla.core.union import Union

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE: Weekly = ((("08:00", "17:00"),),) * 5 + ((), ())
SPLIT: Weekly = ((("08:00", "12:00"), ("13:00", "17:00")),) * 4 + (
    (("09:00", "13:00"),),
    (),
    (),
)
NIGHTS: Weekly = ((("22:00", "06:00"),),) * 5 + ((), ())
CHRISTMAS: dict[date, Day] = {
    date(2025, 12, 24): (("08:00", "12:00"),),
    date(2025, 12, 25): (),
    date(2025, 12, 26): (),
}
office = Hours("Europe/Berlin", OFFICE, CHRISTMAS)
split = Hours("Europe/Berlin", SPLIT)
nights = Hours("Europe/Berlin", NIGHTS)
round_the_clock = Hours("Europe/Berlin", ((("00:00", "24:00"),),) * 7)
ONE_DAY = Allowance(timedelta(0), 1, Basis.BUSINESS_DAY)


def berlin(words: str, fold: int = 0) -> datetime:
    return datetime.fromisoformat(f"2025-{words}").replace(tzinfo=BERLIN, fold=fold)


@pytest.mark.parametrize(
    ("it", "calendar", "start", "days", "due"),
    [
        ("is the same time on the next day", office, "10-20 10:12:34", 1, "10-21 10:12:34"),
        ("skips the weekend", office, "10-17 16:45", 1, "10-20 16:45"),
        ("keeps the time over a change of clocks", office, "10-24 16:45", 1, "10-27 16:45"),
        ("counts from the opening", office, "10-20 06:00", 1, "10-21 08:00"),
        ("counts from the opening after closing", office, "10-17 17:00", 1, "10-21 08:00"),
        ("counts from the opening after a weekend", office, "10-18 12:00", 1, "10-21 08:00"),
        ("skips holidays", office, "12-24 09:00", 1, "12-29 09:00"),
        ("is the closing of a short day", office, "12-23 15:00", 1, "12-24 12:00"),
        ("counts as many days", office, "12-22 15:00", 3, "12-29 15:00"),
        ("counts from the end of a break", split, "10-23 12:00", 1, "10-24 13:00"),
        ("is before the break of the day", Hours("Europe/Berlin", (
            (("08:00", "17:00"),), (("08:00", "12:00"), ("13:00", "17:00")), *((),) * 5)),
         "10-20 12:30", 1, "10-21 12:00"),
        ("may end as a break does", split, "10-20 13:00", 1, "10-21 13:00"),
        ("is the opening of a day that opens later", split, "10-23 08:15", 1, "10-24 09:00"),
        ("is a night after a night", nights, "10-20 23:00", 1, "10-21 23:00"),
        ("belongs to the night that began", nights, "10-21 02:00", 1, "10-22 02:00"),
        ("goes from Friday's night to Monday's", nights, "10-25 02:00", 1, "10-28 02:00"),
    ],
)  # fmt: skip
def test_a_business_day(it: str, calendar: Lookup, start: str, days: int, due: str) -> None:
    allowed = Allowance(timedelta(0), days, Basis.BUSINESS_DAY)
    assert due_after(calendar, berlin(start), allowed) == berlin(due), it


@pytest.mark.parametrize(
    ("words", "basis", "due"),
    [
        ("9h", None, "10-27 16:45"),
        ("1d", Basis.ELAPSED, "10-25 16:45"),
        ("1d", Basis.OFFICE_HOURS, "10-29 13:45"),
        ("1bd", None, "10-27 16:45"),
        ("1d", Basis.BUSINESS_DAY, "10-27 16:45"),
    ],
)
def test_a_day_is_what_its_basis_says(words: str, basis: Basis | None, due: str) -> None:
    allowed = read_allowance(words, basis)
    assert due_after(office, berlin("10-24 16:45"), allowed) == berlin(due)


def test_a_business_day_may_have_hours_after_it() -> None:
    due = due_after(office, berlin("10-17 16:45"), read_allowance("1bd1h"))
    assert due == berlin("10-21 08:45")


def test_a_day_of_24_hours_passes_whatever_the_hours() -> None:
    allowed = read_allowance("2d30m", Basis.ELAPSED)
    assert due_after(office, berlin("10-24 16:45"), allowed) == berlin("10-26 16:15")
    assert due_after(Always(), berlin("10-24 16:45"), allowed) == berlin("10-26 16:15")


def test_a_day_of_office_hours_is_24_of_them() -> None:
    allowed = read_allowance("1d", Basis.OFFICE_HOURS)
    assert due_after(office, berlin("10-20 08:00"), allowed) == berlin("10-22 14:00")


def test_a_business_day_around_the_clock_is_24_hours() -> None:
    assert due_after(Always(), berlin("10-25 12:00"), ONE_DAY) == berlin("10-26 11:00")


def test_it_takes_the_second_coming_of_an_hour_as_its_end() -> None:
    early, late = berlin("10-26 02:50"), berlin("10-26 02:10", fold=1)
    assert early.astimezone(UTC) < late.astimezone(UTC)
    assert due_after(round_the_clock, early, ONE_DAY) == berlin("10-27 02:50")
    assert due_after(round_the_clock, late, ONE_DAY) == berlin("10-27 03:00")


def test_it_is_due_at_the_change_of_clocks_that_skips_its_wall_time() -> None:
    assert due_after(round_the_clock, berlin("03-29 02:30"), ONE_DAY) == berlin("03-30 03:00")


def test_it_counts_the_days_of_a_union_in_its_own_zone() -> None:
    sun = Union("Europe/Berlin", [office, Hours("America/Denver", OFFICE)])
    # Denver closes at 17:00, which is 01:00 in Berlin: Friday ends on Saturday there.
    assert due_after(sun, berlin("10-20 20:00"), ONE_DAY) == berlin("10-21 20:00")
    assert due_after(sun, berlin("10-24 12:00"), ONE_DAY) == berlin("10-25 01:00")


def test_it_says_when_there_is_no_working_day_any_more() -> None:
    once = Hours("Europe/Berlin", ((),) * 7, {date(2025, 10, 20): (("08:00", "12:00"),)})
    with pytest.raises(NeverOpen):
        due_after(once, berlin("10-20 09:00"), ONE_DAY)


starts = st.datetimes(
    datetime(2025, 1, 1),  # noqa: DTZ001  # hypothesis adds the zone
    datetime(2027, 1, 1),  # noqa: DTZ001
    timezones=st.just(UTC),
)
gaza = Hours("Asia/Gaza", SPLIT[:5] + OFFICE[:2], {date(2025, 11, 4): ()})
calendars = st.sampled_from(
    [office, split, nights, round_the_clock, gaza, Union("Asia/Tokyo", [office, gaza])]
)


@settings(max_examples=200, deadline=None)
@given(calendars, starts, starts, st.integers(0, 9), st.sampled_from(["", "30m", "3h"]))
def test_a_later_start_is_never_due_earlier(
    calendar: Lookup, one: datetime, other: datetime, days: int, rest: str
) -> None:
    allowed = read_allowance(f"{days}bd{rest}")
    early, late = sorted([one, other])
    assert due_after(calendar, early, allowed) <= due_after(calendar, late, allowed)


@settings(max_examples=200, deadline=None)
@given(starts, st.integers(0, 40_000), st.integers(1, 9))
def test_a_later_start_is_never_due_earlier_at_a_change_of_clocks(
    start: datetime, seconds: int, days: int
) -> None:
    changes = [datetime(2025, 10, 25, 18, tzinfo=UTC), datetime(2025, 3, 29, 18, tzinfo=UTC)]
    allowed = read_allowance(f"{days}bd")
    for change in changes:
        early = change + timedelta(seconds=seconds)
        late = early + (start - datetime(2025, 1, 1, tzinfo=UTC)) / 2000
        dues = [due_after(round_the_clock, at, allowed) for at in (early, late)]
        assert dues == sorted(dues)

"""Nights, days off, one-off openings, weeks that follow, and several places as one."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from answerable.sla.core.hours import Day, Hours, NeverOpen, Weekly
from answerable.sla.core.union import Union

BERLIN = ZoneInfo("Europe/Berlin")
HOUR = timedelta(hours=1)
OFFICE: Weekly = ((("08:00", "17:00"),),) * 5 + ((), ())
NIGHTS: Weekly = ((("22:00", "06:00"),),) * 5 + ((), ())


def berlin(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=BERLIN)


def open_hours(calendar: Hours | Union, begin: str, end: str) -> list[tuple[str, str]]:
    spans = calendar.spans(berlin(begin), berlin(end))
    return [
        (f"{s.begin.astimezone(BERLIN):%a %H:%M}", f"{s.end.astimezone(BERLIN):%a %H:%M}")
        for s in spans
    ]


def test_it_is_open_across_midnight() -> None:
    nights = Hours("Europe/Berlin", NIGHTS)
    assert nights.due(berlin("2025-10-20 23:00"), 8 * HOUR) == berlin("2025-10-21 22:00") + HOUR
    assert open_hours(nights, "2025-10-24 12:00", "2025-10-27 12:00") == [
        ("Fri 22:00", "Sat 06:00")
    ]


def test_it_is_open_across_the_end_of_a_year() -> None:
    nights = Hours("Europe/Berlin", NIGHTS)
    assert nights.due(berlin("2025-12-31 23:00"), 5 * HOUR) == berlin("2026-01-01 04:00")
    fresh = Hours("Europe/Berlin", NIGHTS)
    assert fresh.opening(berlin("2026-01-01 02:00")) == berlin("2026-01-01 02:00")


def test_it_finishes_a_night_shift_into_a_day_off() -> None:
    off: dict[date, Day] = {date(2025, 10, 22): ()}
    nights = Hours("Europe/Berlin", NIGHTS, off)
    assert open_hours(nights, "2025-10-21 12:00", "2025-10-23 12:00") == [
        ("Tue 22:00", "Wed 06:00")
    ]


def test_it_counts_a_night_shift_in_real_hours() -> None:
    nights = Hours("Europe/Berlin", (*NIGHTS[:5], (("22:00", "06:00"),), ()))
    begin = berlin("2025-10-25 12:00")
    assert nights.open_time(begin, begin + 24 * HOUR) == 9 * HOUR


def test_it_opens_once_on_a_day_that_is_closed_otherwise() -> None:
    once: dict[date, Day] = {date(2025, 10, 25): (("09:00", "13:00"),)}
    stock = Hours("Europe/Berlin", OFFICE, once)
    assert open_hours(stock, "2025-10-24 18:00", "2025-10-26 18:00") == [
        ("Sat 09:00", "Sat 13:00")
    ]


def test_it_has_other_hours_from_a_date_on() -> None:
    longer: Weekly = ((("08:00", "20:00"),),) * 5 + ((("10:00", "14:00"),), ())
    never: Weekly = ((),) * 7
    later = [(date(2025, 10, 22), longer), (date(2026, 1, 1), never)]
    hours = Hours("Europe/Berlin", OFFICE, later=later)
    assert open_hours(hours, "2025-10-21 00:00", "2025-10-23 00:00") == [
        ("Tue 08:00", "Tue 17:00"),
        ("Wed 08:00", "Wed 20:00"),
    ]
    with pytest.raises(NeverOpen):
        hours.opening(berlin("2026-01-01 00:00"))


def test_it_follows_the_sun() -> None:
    sun = Union(
        "Europe/Berlin",
        [Hours(zone, OFFICE) for zone in ("Europe/Berlin", "America/Denver", "Asia/Tokyo")],
    )
    # Tokyo 01:00 to 10:00, Berlin 08:00 to 17:00, Denver 16:00 to 01:00, all in Berlin's time.
    assert open_hours(sun, "2025-10-20 12:00", "2025-10-26 12:00") == [
        ("Mon 12:00", "Sat 01:00")
    ]
    assert sun.due(berlin("2025-10-24 23:00"), 3 * HOUR) == berlin("2025-10-27 01:00")
    assert sun.open_time(berlin("2025-10-20 00:00"), berlin("2025-10-27 00:00")) == 120 * HOUR


def test_it_shifts_to_another_site_on_a_holiday_of_one() -> None:
    closed = Hours("Europe/Berlin", OFFICE, {date(2025, 10, 3): ()}, names={})
    sun = Union("Europe/Berlin", [closed, Hours("America/Denver", OFFICE)])
    assert sun.opening(berlin("2025-10-03 09:00")) == berlin("2025-10-03 16:00")


NAMES = {
    date(2025, 12, 24): "Christmas Eve",
    date(2025, 12, 25): "Christmas Day",
    date(2025, 12, 27): "Saturday",
}
OFF: dict[date, Day] = {
    date(2025, 12, 24): (("08:00", "12:00"),),
    date(2025, 12, 25): (),
    date(2025, 12, 26): (),
    date(2025, 12, 27): (),
}


@pytest.mark.parametrize(
    ("it", "begin", "end", "named"),
    [
        ("names what closed it", "24 17:00", "29 08:00", [(25, "Christmas Day"), (26, "")]),
        ("names a part day", "24 12:00", "25 00:00", [(24, "Christmas Eve")]),
        ("does not name the night before", "23 17:00", "24 08:00", []),
        ("does not name a day that is closed anyway", "27 00:00", "29 08:00", []),
        ("names nothing on usual days", "15 17:00", "16 08:00", []),
    ],
)
def test_it_knows_which_days_closed_it(
    it: str, begin: str, end: str, named: list[tuple[int, str]]
) -> None:
    calendar = Hours("Europe/Berlin", OFFICE, OFF, names=NAMES)
    stretch = (berlin(f"2025-12-{begin}"), berlin(f"2025-12-{end}"))
    said = [(date(2025, 12, day), name) for day, name in named]
    assert calendar.named_days(*stretch) == said, it
    assert Union("UTC", [calendar, calendar]).named_days(*stretch) == said, it


def test_it_knows_its_days_of_rest() -> None:
    hours = Hours("Europe/Berlin", OFFICE, {date(2025, 10, 20): ()})
    monday, sunday = date(2025, 10, 20), date(2025, 10, 19)
    assert hours.has_hours(monday)
    assert not hours.has_hours(sunday)
    assert Union("UTC", [hours]).has_hours(monday)

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from answerable.sla.core.hours import Always, Day, Hours, NeverOpen, Weekly

BERLIN = ZoneInfo("Europe/Berlin")
OFFICE: Weekly = ((("08:00", "17:00"),),) * 5 + ((), ())
ROUND: Weekly = ((("00:00", "24:00"),),) * 7
HOUR = timedelta(hours=1)

office = Hours("Europe/Berlin", OFFICE)


def daily(*hours: tuple[str, str]) -> Weekly:
    return (tuple(hours),) * 7


def berlin(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=BERLIN)


@pytest.mark.parametrize(
    ("it", "start", "allowed", "due"),
    [
        ("runs within a day", "2025-10-20 10:00", HOUR, "2025-10-20 11:00"),
        ("may end on the bell", "2025-10-20 10:00", 7 * HOUR, "2025-10-20 17:00"),
        ("waits for opening", "2025-10-20 06:00", HOUR, "2025-10-20 09:00"),
        ("carries over the night", "2025-10-20 16:30", HOUR, "2025-10-21 08:30"),
        ("skips the weekend", "2025-10-17 16:30", HOUR, "2025-10-20 08:30"),
        (
            "counts from the next opening at closing",
            "2025-10-17 17:00",
            HOUR,
            "2025-10-20 09:00",
        ),
        ("skips the weekend of a clock change", "2025-10-24 16:45", HOUR, "2025-10-27 08:45"),
        (
            "takes one business day as its hours",
            "2025-10-24 12:00",
            9 * HOUR,
            "2025-10-27 12:00",
        ),
        ("reaches over years", "2025-01-01 08:00", 2 * 261 * 9 * HOUR, "2026-12-31 17:00"),
    ],
)
def test_it(it: str, start: str, allowed: timedelta, due: str) -> None:
    assert office.due(berlin(start), allowed) == berlin(due), it


def test_it_opens_on_monday_for_what_arrives_at_closing_time_on_friday() -> None:
    assert office.opening(berlin("2025-10-17 17:00")) == berlin("2025-10-20 08:00")


def test_it_takes_eight_hours_from_friday_closing_to_monday_closing() -> None:
    nine_to_five = Hours("Europe/Berlin", ((("09:00", "17:00"),),) * 5 + ((), ()))
    due = nine_to_five.due(berlin("2025-10-17 17:00"), 8 * HOUR)
    assert due == berlin("2025-10-20 17:00")


def test_it_skips_days_off() -> None:
    off: dict[date, Day] = {date(2025, 12, 25): (), date(2025, 12, 26): ()}
    closed = Hours("Europe/Berlin", OFFICE, off)
    assert closed.due(berlin("2025-12-24 16:30"), HOUR) == berlin("2025-12-29 08:30")


def test_it_keeps_the_hours_of_a_particular_date() -> None:
    eve = Hours("Europe/Berlin", OFFICE, {date(2025, 12, 24): (("08:00", "12:00"),)})
    assert eve.due(berlin("2025-12-24 11:30"), HOUR) == berlin("2025-12-25 08:30")


@pytest.mark.parametrize("calendar", [Always(), Hours("Europe/Berlin", ROUND)])
def test_it_counts_real_minutes_when_an_hour_comes_twice(calendar: Always | Hours) -> None:
    start = datetime.fromisoformat("2025-10-26T02:40+02:00")
    due = calendar.due(start, timedelta(minutes=30))
    assert due.astimezone(BERLIN).isoformat() == "2025-10-26T02:10:00+01:00"


@pytest.mark.parametrize("calendar", [Always(), Hours("Europe/Berlin", ROUND)])
def test_it_counts_real_minutes_when_an_hour_is_skipped(calendar: Always | Hours) -> None:
    due = calendar.due(berlin("2026-03-29 01:45"), timedelta(minutes=30))
    assert due == berlin("2026-03-29 03:15")


def test_it_loses_no_minute_at_midnight() -> None:
    round_the_clock = Hours("Europe/Berlin", ROUND)
    begin, end = berlin("2025-10-20 00:00"), berlin("2025-10-25 00:00")
    spans = round_the_clock.spans(begin, end)
    assert [span.length for span in spans] == [timedelta(days=5)]


def test_it_opens_late_when_its_opening_is_skipped() -> None:
    early = Hours("Europe/Berlin", daily(("02:30", "06:00")))
    assert early.opening(berlin("2026-03-29 01:00")) == berlin("2026-03-29 03:00")


def test_it_counts_an_hour_that_comes_twice_twice() -> None:
    night = Hours("Europe/Berlin", daily(("02:00", "03:00")))
    begin = berlin("2025-10-26 00:00")
    spans = night.spans(begin, begin + timedelta(hours=12))
    assert [span.length for span in spans] == [2 * HOUR]


@pytest.mark.parametrize(
    ("closing", "hours"), [("01:59", 2 - 1 / 60), ("02:00", 2), ("02:30", 3.5), ("03:00", 4)]
)
def test_it_closes_when_the_wall_shows_no_earlier_time_again(
    closing: str, hours: float
) -> None:
    early = Hours("Europe/Berlin", daily(("00:00", closing)))
    begin = berlin("2025-10-25 12:00")
    assert early.open_time(begin, begin + 24 * HOUR) == hours * HOUR


def test_it_runs_through_a_split_shift_over_midnight() -> None:
    shift = Hours("Europe/Berlin", daily(("00:00", "02:00"), ("21:00", "24:00")))
    assert shift.due(berlin("2025-10-20 23:30"), 2 * HOUR) == berlin("2025-10-21 01:30")
    assert shift.due(berlin("2025-10-20 23:30"), 3 * HOUR) == berlin("2025-10-21 21:30")


def test_it_closes_at_the_first_midnight_where_midnight_comes_twice() -> None:
    havana = Hours("America/Havana", daily(("18:00", "24:00")))
    begin = datetime(2025, 11, 1, 12, tzinfo=ZoneInfo("America/Havana"))
    assert [span.length for span in havana.spans(begin, begin + timedelta(days=1))] == [
        6 * HOUR
    ]


def test_it_opens_when_a_skipped_midnight_would_have_been() -> None:
    santiago = Hours("America/Santiago", daily(("00:00", "08:00")))
    begin = datetime(2025, 9, 7, 3, 30, tzinfo=UTC)  # half an hour before the change
    (span,) = santiago.spans(begin, begin + timedelta(hours=12))
    assert span.begin == datetime(2025, 9, 7, 4, tzinfo=UTC)
    assert span.length == 7 * HOUR


def test_it_has_no_hours_on_a_day_that_its_zone_left_out() -> None:
    apia = Hours("Pacific/Apia", daily(("08:00", "17:00")))
    zone = ZoneInfo("Pacific/Apia")
    begin, end = (
        datetime(2011, 12, 29, 12, tzinfo=zone),
        datetime(2011, 12, 31, 12, tzinfo=zone),
    )
    assert [span.length for span in apia.spans(begin, end)] == [5 * HOUR, 4 * HOUR]


def test_it_takes_hours_in_any_order() -> None:
    lunch = Hours("Europe/Berlin", daily(("13:00", "17:00"), ("08:00", "12:00")))
    assert lunch.due(berlin("2025-10-20 11:30"), HOUR) == berlin("2025-10-20 13:30")


def test_it_counts_hours_that_overlap_once() -> None:
    twice = Hours("Europe/Berlin", daily(("08:00", "12:00"), ("10:00", "14:00")))
    assert twice.due(berlin("2025-10-20 08:00"), 6 * HOUR) == berlin("2025-10-20 14:00")


def test_it_is_exact_to_the_microsecond() -> None:
    start = berlin("2025-10-17 16:59:59.999999")
    assert office.due(start, timedelta(microseconds=2)) == berlin("2025-10-20 08:00:00.000001")


def test_it_says_when_a_calendar_never_opens() -> None:
    never = Hours("UTC", ((),) * 7)
    for _ in range(2):
        with pytest.raises(NeverOpen):
            never.due(berlin("2025-10-20 10:00"), HOUR)
        with pytest.raises(NeverOpen):
            never.opening(berlin("2025-10-20 10:00"))
    assert never.spans(berlin("2025-10-20 10:00"), berlin("2025-10-21 10:00")) == []


def test_it_still_reaches_ahead_after_a_look_far_back() -> None:
    mondays: Weekly = ((("08:00", "17:00"),), *((),) * 6)
    hours = Hours("UTC", mondays)
    hours.opening(berlin("1950-01-02 10:00"))
    start = berlin("2025-10-20 10:00")
    assert hours.due(start, 900 * HOUR) == Hours("UTC", mondays).due(start, 900 * HOUR)


def test_it_answers_many_threads_at_once() -> None:
    shared = Hours("Europe/Berlin", OFFICE)
    years = range(2000, 2020, 4)
    starts = [datetime(year, 6, 1, 10, tzinfo=BERLIN) for year in years]
    alone = [Hours("Europe/Berlin", OFFICE).due(start, 90 * HOUR) for start in starts]
    found: dict[int, list[datetime]] = {}

    def ask(number: int) -> None:
        mixed = starts[number % 5 :] + starts[: number % 5]
        dues = [shared.due(start, 90 * HOUR) for start in mixed]
        found[number] = dues[5 - number % 5 :] + dues[: 5 - number % 5]

    threads = [Thread(target=ask, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert list(found.values()) == [alone] * 8


def test_it_says_how_much_is_open_between_two_instants() -> None:
    begin, end = berlin("2025-10-17 16:30"), berlin("2025-10-20 08:30")
    assert office.open_time(begin, end) == HOUR
    assert office.open_time(end, begin) == Always().open_time(end, begin) == timedelta(0)
    assert Always().open_time(begin, end) == 64 * HOUR
    night = berlin("2025-10-25 12:00"), berlin("2025-10-26 12:00")
    assert Hours("Europe/Berlin", ROUND).open_time(*night) == 25 * HOUR

"""A plan says when it is open."""

from __future__ import annotations

import re
import tomllib
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from answerable.entitlements.core.calendars import SpecialDay, covers_until, past_days
from answerable.entitlements.holiday_sets import resolve
from answerable.entitlements.tests.opened import DOCUMENT, OFFICE, change, read

DOCS = Path(__file__).parents[3] / "docs"


def week_of(*ranges: str) -> list[tuple[tuple[str, str], ...]]:
    written = {"calendars": {"c": {"zone": "UTC", "open": list(ranges)}}}
    return list(read(written)["c"].weekly)


def test_it_reads_a_plan_with_everything() -> None:
    calendars = read(DOCUMENT)
    assert list(calendars) == ["always", "office", "week", "sun"]
    office, sun = calendars["office"], calendars["sun"]
    assert (office.name, office.zone, office.always) == (
        "support hours",
        "Europe/Berlin",
        False,
    )
    assert calendars["always"].zone == "UTC"
    assert [part.key for part in sun.union] == ["office", "week"]
    assert (sun.zone, sun.name) == ("Europe/Berlin", "sun")


def test_it_reads_the_hours_of_each_day_in_order() -> None:
    office = read(DOCUMENT)["office"]
    assert office.weekly[0] == (("08:00", "12:00"), ("13:00", "17:00"))
    assert office.weekly[1] == office.weekly[3] == (("08:00", "17:00"),)
    assert office.weekly[4] == (("14:00", "20:00"), ("22:00", "06:00"))
    assert office.weekly[5] == ()
    changed = read(change(*OFFICE, "fri", value=["14:00-00:00"]))
    assert changed["office"].weekly[4] == (("14:00", "24:00"),)


def test_it_has_another_week_from_a_date_on() -> None:
    office = read(DOCUMENT)["office"]
    assert office.week(date(2026, 12, 31)) == office.weekly
    assert office.week(date(2027, 1, 1))[4] == (("08:00", "20:00"),)


def test_it_lets_the_later_set_decide_on_a_day() -> None:
    eve = date(2026, 12, 24)
    days = read(DOCUMENT)["office"].special_days()
    assert days[eve] == SpecialDay(eve, (("08:00", "12:00"),), "Christmas Eve", is_own=True)
    assert days[date(2026, 10, 3)].name == "German Unity Day"
    shutdown = [day.isoformat() for day in days if days[day].name == "Shutdown"]
    assert shutdown == ["2026-12-28", "2026-12-29", "2026-12-30"]
    reversed_sets = change(*OFFICE, "holidays", value=["ours", "bavaria"])
    assert read(reversed_sets)["office"].special_days()[eve].hours == ()


ALL_BUT_WEDNESDAY = dict.fromkeys((0, 1, 3, 4, 5, 6), "00-24")


@pytest.mark.parametrize(
    ("it", "ranges", "days"),
    [
        ("is daily", ["mon-wed 08:00-12:00"], {0: "08-12", 1: "08-12", 2: "08-12"}),
        ("is of one day", ["Tue 08:00-12:00"], {1: "08-12"}),
        ("goes over a week's end", ["sun-mon 08:00-12:00"], {6: "08-12", 0: "08-12"}),
        ("keeps nights of each day", ["sat-sun 22:00-06:00"], {5: "22-06", 6: "22-06"}),
        ("is cut at midnight", ["fri 22:00-sat 06:00"], {4: "22-24", 5: "00-06"}),
        ("ends at midnight", ["fri 22:00-sat 00:00"], {4: "22-24"}),
        ("is on over days", ["sun 14:00-tue 17:00"], {6: "14-24", 0: "00-24", 1: "00-17"}),
        ("is on within a day", ["tue 14:00-tue 17:00"], {1: "14-17"}),
        ("goes round the week", ["wed 12:00-wed 11:00"], ALL_BUT_WEDNESDAY),
    ],
)  # fmt: skip
def test_a_range(it: str, ranges: list[str], days: dict[int, str]) -> None:
    found = {
        number: "-".join(time[:2] for time in hours[0])
        for number, hours in enumerate(week_of(*ranges))
        if len(hours) == 1
    }
    assert found == days, it


def test_a_range_round_the_week_leaves_a_gap_in_its_day() -> None:
    assert week_of("wed 12:00-wed 11:00")[2] == (("00:00", "11:00"), ("12:00", "24:00"))


def test_it_knows_until_when_it_knows_holidays() -> None:
    written = change("holidays", "bavaria", "resolved", value={"until": "2030-12-31"})
    calendars = read(written)
    assert covers_until(calendars["office"]) == date(2030, 12, 31)
    assert covers_until(calendars["sun"]) == date(2030, 12, 31)
    assert covers_until(calendars["week"]) is None


def test_it_finds_days_of_its_own_that_are_over() -> None:
    calendars = read(DOCUMENT)
    today = date(2026, 12, 24)
    assert past_days(calendars["office"], today) == past_days(calendars["sun"], today)
    ((key, day),) = past_days(calendars["office"], today)
    assert (key, day.name) == ("ours", "Stock-taking")
    assert past_days(calendars["office"], date(2026, 11, 28)) == []


def test_calendars_that_say_the_same_are_the_same() -> None:
    one, other = (read(DOCUMENT) for _ in range(2))
    assert one == other
    assert [hash(each) for each in one.values()] == [hash(each) for each in other.values()]
    changed = read(change(*OFFICE, "holidays", value=[]))
    assert changed["office"] != one["office"]


def test_it_reads_what_the_documentation_shows() -> None:
    text = (DOCS / "promises.md").read_text()
    calendars, days_off, *_ = re.findall(r"```toml\n(.*?)```", text, re.DOTALL)
    cities = {"berlin": "Europe/Berlin", "denver": "America/Denver", "tokyo": "Asia/Tokyo"}
    hours = [
        f'calendars.{key} = {{ zone = "{zone}", open = ["mon-fri 08:00-17:00"] }}'
        for key, zone in cities.items()
    ]
    document = tomllib.loads("\n".join([*hours, calendars, days_off]))
    days = (
        b"BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20261224\nEND:VEVENT\nEND:VCALENDAR"
    )
    at = datetime(2026, 10, 20, tzinfo=UTC)
    found = read(resolve(document, at=at, source={"days.ics": days}.get))
    special = found["office"].special_days()
    assert special[date(2026, 12, 24)].hours == special[date(2030, 12, 24)].hours
    assert special[date(2026, 10, 3)].name == "German Unity Day"
    assert len(found["sun"].union) == 3

"""Holidays become dates when a plan is published, and stay as they were then."""

from __future__ import annotations

import tomllib
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from answerable.entitlements.core.calendars import CalendarTerms, covers_until
from answerable.entitlements.core.wrong import PlanError
from answerable.entitlements.holiday_sets import resolve
from answerable.entitlements.publishing import says_the_same
from answerable.entitlements.sources import Source, beside, nowhere
from answerable.entitlements.tests import opened

AT = datetime(2025, 10, 20, 8, tzinfo=UTC)
OFFICE = """
[calendars.office]
zone = "Europe/Berlin"
open = ["mon-fri 08:00-17:00"]
holidays = ["h"]
"""
ICAL = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:test
BEGIN:VEVENT
DTSTART;VALUE=DATE:20251231
RRULE:FREQ=YEARLY
SUMMARY:Silvester
END:VEVENT
BEGIN:VEVENT
DTSTART:20251224T110000Z
END:VEVENT
END:VCALENDAR
"""


def resolved(holidays: str, *, at: datetime = AT, source: Source = nowhere) -> dict[str, Any]:
    written = tomllib.loads(f"{OFFICE}\n[holidays.h]\n{holidays}")
    return resolve(written, at=at, source=source)


def read(document: dict[str, Any]) -> CalendarTerms:
    return opened.read(document)["office"]


def named(document: dict[str, Any]) -> dict[str, str]:
    days = read(document).special_days().values()
    return {day.on.isoformat(): day.name for day in days}


def test_it_knows_the_holidays_of_a_country_for_ten_years() -> None:
    document = resolved('country = "DE"')
    assert named(document)["2025-12-25"] == "Christmas Day"
    assert min(named(document)) == "2024-01-01"
    assert max(named(document)) == "2035-12-26"
    assert covers_until(read(document)) == date(2035, 12, 31)
    assert document["holidays"]["h"]["resolved"]["by"].startswith("holidays ")
    assert not any(day.is_own for day in read(document).special_days().values())


def test_it_knows_the_holidays_of_a_region() -> None:
    assert "2026-01-06" in named(resolved('country = "DE"\nregion = "BY"'))
    assert "2026-01-06" not in named(resolved('country = "DE"\nregion = "HH"'))


def test_it_names_holidays_in_the_language_that_is_asked_for() -> None:
    german = named(resolved('country = "DE"\nlanguage = "de"'))
    assert german["2025-12-25"] == "Erster Weihnachtstag"


def test_it_observes_a_holiday_on_another_day_unless_it_is_told_not_to() -> None:
    assert "2026-07-03" in named(resolved('country = "US"'))
    assert "2026-07-03" not in named(resolved('country = "US"\nobserved = false'))


def test_it_repeats_days_of_every_year() -> None:
    days = '{ on = "12-24", hours = ["08:00-12:00"] }, { on = "02-29", name = "Leap" }'
    found = read(resolved(f"days = [{days}]")).special_days()
    assert found[date(2024, 12, 24)].hours == (("08:00", "12:00"),)
    assert found[date(2035, 12, 24)].hours == (("08:00", "12:00"),)
    assert [day.year for day in found if found[day].name == "Leap"] == [2024, 2028, 2032]


def test_it_repeats_a_break_over_the_end_of_the_year() -> None:
    found = named(resolved('days = [{ on = "12-31", until = "01-02", name = "Break" }]'))
    assert sorted(day for day in found if day.startswith("2030")) == [
        "2030-01-01",
        "2030-01-02",
        "2030-12-31",
    ]


def test_it_reads_a_calendar_that_lies_beside_the_plan(tmp_path: Path) -> None:
    (tmp_path / "days.ics").write_text(ICAL)
    document = resolved('ics = "days.ics"', source=beside(tmp_path))
    assert named(document)["2030-12-31"] == "Silvester"
    assert document["holidays"]["h"]["resolved"]["left_out"] == 1
    with pytest.raises(PlanError, match=r"Cannot read gone.ics: .*No such file"):
        resolved('ics = "gone.ics"', source=beside(tmp_path))


def test_it_reads_a_calendar_that_stands_in_the_plan() -> None:
    document = resolved(f"ical = '''{ICAL}'''")
    assert named(document)["2025-12-31"] == "Silvester"


def test_it_reads_a_feed_through_what_fetches_it() -> None:
    feeds = {"https://example.com/days.ics": ICAL.encode()}
    document = resolved('feed = "https://example.com/days.ics"', source=feeds.get)
    assert "2025-12-31" in named(document)
    later = datetime(2027, 1, 1, tzinfo=UTC)
    assert resolve(document, at=later) == document
    assert "2037-12-31" in named(resolve(document, at=later, source=feeds.get))


def test_it_knows_a_feed_until_the_end_of_its_last_year() -> None:
    once = ICAL.replace("RRULE:FREQ=YEARLY\n", "")
    assert covers_until(read(resolved(f"ical = '''{once}'''"))) == date(2025, 12, 31)


def test_it_puts_several_sources_together() -> None:
    own = 'days = [{ on = "2025-12-25", hours = ["10:00-12:00"], name = "Open" }]'
    document = resolved(f"country = \"DE\"\nical = '''{ICAL}'''\n{own}")
    assert named(document)["2025-12-31"] == "Silvester"
    assert named(document)["2025-12-25"] == "Open"
    assert named(document)["2026-12-25"] == "Christmas Day"


def test_it_changes_nothing_that_needs_no_dates() -> None:
    written = tomllib.loads('holidays.h = { days = [{ on = "2026-12-24" }] }')
    assert resolve(written, at=AT) == written
    assert resolve({"key": "gold"}, at=AT) == {"key": "gold"}
    assert resolve({"holidays": [1]}, at=AT) == {"holidays": [1]}
    assert resolve({"holidays": {"h": 1}}, at=AT) == {"holidays": {"h": 1}}


def test_it_is_the_same_whatever_filled_it_in() -> None:
    one = resolved('country = "DE"')
    other = resolved('country = "DE"')
    other["holidays"]["h"]["resolved"]["by"] = "holidays 99.0"
    assert says_the_same(one, other)
    other["holidays"]["h"]["dates"].pop()
    assert not says_the_same(one, other)
    assert says_the_same({"key": "gold"}, {"key": "gold"})


@pytest.mark.parametrize(
    ("holidays", "words", "at"),
    [
        ('country = "XX"', "'XX' is no country whose holidays are known. Write its", "country"),
        ('country = "Germany"', "Write its code of two letters, such as DE.", "country"),
        ("country = 49", "49 is no country", "country"),
        (
            'country = "DE"\nregion = "XX"',
            "'XX' is no region of DE. Write one of BB,",
            "region",
        ),
        ('country = "DE"\nlanguage = "la"', "no language of DE's holidays. Write", "language"),
        ('ical = "hello"', "This is not an iCalendar", "ical"),
        ("ics = 1", "This is not an iCalendar", "ics"),
        ('feed = "https://example.com"', "cannot be fetched here. Write what it holds", "feed"),
        ('days = [{ on = "02-30" }]', "is no day of any year", "days"),
        ("ical = '''BEGIN:VCALENDAR\nEND:VCALENDAR'''", "no days from 2024 to 2035", "ical"),
    ],
)
def test_it_says_what_is_wrong_and_where(holidays: str, words: str, at: str) -> None:
    with pytest.raises(PlanError) as error:
        resolved(holidays)
    assert str(error.value).startswith("In holidays.h: ")
    assert words in str(error.value)
    assert error.value.path[:3] == ("holidays", "h", at)

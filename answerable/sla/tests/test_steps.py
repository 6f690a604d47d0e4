"""The steps to a due time say why nothing was counted in between."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation

from answerable.entitlements.core.calendars import (
    CLOSED,
    CalendarTerms,
    HolidaySet,
    LaterWeek,
    SpecialDay,
    Weekly,
)
from answerable.sla.calendars import calendar_of
from answerable.sla.core.derivation import stretches
from answerable.sla.steps import hours_words, stretch_steps

BERLIN = ZoneInfo("Europe/Berlin")
TOKYO = ZoneInfo("Asia/Tokyo")
OFFICE: Weekly = ((("08:00", "17:00"),),) * 5 + ((), ())
GERMANY = HolidaySet(
    "germany",
    (
        SpecialDay(date(2025, 12, 24), (("08:00", "12:00"),), "Christmas Eve"),
        SpecialDay(date(2025, 12, 25), (), "Christmas Day"),
        SpecialDay(date(2025, 12, 26), (), "Second Day of Christmas"),
        SpecialDay(date(2026, 1, 1)),
    ),
)
BERLINS = CalendarTerms(
    "berlin", "support hours", "Europe/Berlin", False, OFFICE, holidays=(GERMANY,)
)
SHIFTS: Weekly = ((("06:00", "22:00"),),) * 7
ALL_WEEK = CalendarTerms("all", "shifts", "Europe/Berlin", False, SHIFTS)


def berlin(words: str) -> datetime:
    return datetime.fromisoformat(words).replace(tzinfo=BERLIN)


def closed(
    start: str,
    hours: float,
    *,
    terms: CalendarTerms = BERLINS,
    zone: ZoneInfo = BERLIN,
    language: str = "en",
) -> list[str]:
    """Return what is said of each closed stretch of an allowance."""
    calendar = calendar_of(terms)
    due = calendar.due(berlin(start), timedelta(hours=hours))
    parts = stretches(berlin(start), due, calendar.spans(berlin(start), due))
    with translation.override(language):
        steps = stretch_steps(parts, calendar, zone)
    return [step.text.rpartition("(")[2].rstrip(")") for step in steps if step.kind == "closed"]


@pytest.mark.parametrize(
    ("it", "start", "hours", "said"),
    [
        ("is a night", "2025-10-20 16:30", 1, ["outside the hours"]),
        ("is a weekend", "2025-10-17 16:30", 1, ["weekend"]),
        ("began on a weekend", "2025-10-19 12:00", 1, ["weekend"]),
        ("had a change of clocks", "2025-10-24 16:30", 1, ["weekend; clocks go back"]),
        (
            "had holidays in it",
            "2025-12-24 11:30",
            1,
            ["weekend; Christmas Eve, Christmas Day, Second Day of Christmas"],
        ),
        ("was a day off without a name", "2025-12-31 16:30", 1, ["day off"]),
    ],
)
def test_it(it: str, start: str, hours: float, said: list[str]) -> None:
    assert closed(start, hours) == said, it


def test_it_names_holidays_in_german() -> None:
    assert closed("2025-12-24 11:30", 1, language="de") == [
        "Wochenende; Heiligabend, Erster Weihnachtstag, Zweiter Weihnachtstag"
    ]
    assert closed("2025-12-31 16:30", 1, language="de") == ["freier Tag"]


def test_it_is_no_weekend_where_weekends_have_hours() -> None:
    assert closed("2025-10-18 21:30", 1, terms=ALL_WEEK) == ["outside the hours"]


def test_it_is_a_weekend_only_where_the_calendar_is() -> None:
    # Thursday night in Berlin ends on a Friday; read in Tokyo, it is the same night.
    assert closed("2025-10-16 16:30", 1, zone=TOKYO) == ["outside the hours"]
    west = CalendarTerms("west", "west", "America/Los_Angeles", False, OFFICE)
    assert closed("2025-10-17 01:30", 1, terms=west, zone=TOKYO) == ["outside the hours"]


def test_it_says_the_hours_of_each_calendar_of_a_union() -> None:
    denver = CalendarTerms("denver", "Denver hours", "America/Denver", False, OFFICE)
    sun = CalendarTerms("sun", "sun", "UTC", False, CLOSED, union=(BERLINS, denver))
    assert hours_words(sun, berlin("2025-10-20 10:00")) == (
        "Support hours are Mon\N{EN DASH}Fri 08:00\N{EN DASH}17:00 (Berlin). "
        "Denver hours are Mon\N{EN DASH}Fri 08:00\N{EN DASH}17:00 (Denver)."
    )


def test_it_says_the_hours_that_were_in_force() -> None:
    later = (LaterWeek(date(2026, 1, 1), SHIFTS),)
    terms = CalendarTerms("b", "hours", "Europe/Berlin", False, OFFICE, later)
    assert "Fri 08:00" in hours_words(terms, berlin("2025-12-31 23:59"))
    assert "Mon\N{EN DASH}Sun 06:00" in hours_words(terms, berlin("2026-01-01 00:00"))

"""What happens to a plan's calendars when it is published."""

from __future__ import annotations

import copy
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from answerable.entitlements import actions
from answerable.entitlements.core.calendars import CalendarTerms, HolidaySet, SpecialDay
from answerable.entitlements.core.plan import PlanError
from answerable.entitlements.models import PlanVersion
from answerable.entitlements.sources import beside
from answerable.entitlements.words import days_that_end, missing_holidays
from answerable.sla.calendars import calendar_of

pytestmark = pytest.mark.django_db

PREMIUM = actions.read_plan_file(actions.SHIPPED / "premium.toml")
YEAR = timedelta(days=365)


def plan(**holidays: object) -> dict[str, Any]:
    document = copy.deepcopy(PREMIUM)
    document["calendars"]["office"]["holidays"] = list(holidays)
    return document | {"holidays": holidays}


def test_it_keeps_the_dates_of_holidays(at: datetime) -> None:
    version = actions.publish_plan(plan(germany={"country": "DE"}), at=at)
    kept = PlanVersion.objects.get(pk=version.pk)
    office = calendar_of(kept.terms.calendars["office"])
    eve = datetime(2025, 12, 24, 15, 30, tzinfo=UTC)
    assert office.due(eve, timedelta(hours=1)) == datetime(2025, 12, 29, 7, 30, tzinfo=UTC)


def test_it_publishes_the_same_holidays_once(at: datetime) -> None:
    first = actions.publish_plan(plan(germany={"country": "DE"}), at=at)
    assert actions.publish_plan(plan(germany={"country": "DE"}), at=at) == first
    assert actions.publish_plan(first.document, at=at) == first
    next_year = actions.publish_plan(plan(germany={"country": "DE"}), at=at + YEAR)
    assert next_year.number == 2


def test_it_refuses_a_day_that_is_over(at: datetime) -> None:
    days = [{"on": "2025-10-19", "name": "Yesterday"}, {"on": "2025-10-20", "name": "Today"}]
    with pytest.raises(PlanError) as error:
        actions.publish_plan(plan(ours={"days": days}), at=at)
    assert str(error.value) == (
        "In holidays.ours: 2025-10-19 is over. Write a date to come, or leave the day out."
    )
    actions.publish_plan(plan(ours={"days": days[1:]}), at=at)


def test_it_keeps_a_day_that_was_to_come_when_it_was_written(at: datetime) -> None:
    days = [{"on": "2025-12-24"}]
    actions.publish_plan(plan(ours={"days": days}), at=at)
    later = plan(ours={"days": [*days, {"on": "2026-12-24"}]})
    assert actions.publish_plan(later, at=at + YEAR).number == 2


def test_it_refuses_a_target_beyond_the_reach_of_its_calendar(at: datetime) -> None:
    document = copy.deepcopy(PREMIUM)
    days = ("mon", "tue", "wed", "thu", "fri")
    document["calendars"]["office"] |= {day: [] for day in days} | {"mon": ["08:00-09:00"]}
    document["targets"][2]["within"] = "260h"
    assert actions.publish_plan(document, at=at)
    document["targets"][2]["within"] = "300h"
    with pytest.raises(PlanError) as error:
        actions.publish_plan(document, at=at)
    assert str(error.value) == (
        "Target 'aim' allows 300 hours, and 'office' is open for 260 in five years. "
        "Allow less, or add hours to the calendar."
    )
    assert error.value.path == ("targets", 2, "within")


def test_it_reads_dates_and_calendars_of_a_plan_file(tmp_path: Path, at: datetime) -> None:
    (tmp_path / "days.ics").write_text(
        "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:t\nBEGIN:VEVENT\nDTSTART;VALUE=DATE:20251224\n"
        "SUMMARY:Eve\nEND:VEVENT\nEND:VCALENDAR\n"
    )
    text = (actions.SHIPPED / "premium.toml").read_text()
    text = text.replace('name = "support hours"', 'name = "hours"\nholidays = ["file", "ours"]')
    file = tmp_path / "gold.toml"
    file.write_text(
        f"{text}\n[holidays.file]\nics = 'days.ics'\n"
        "[holidays.ours]\ndays = [{ on = 2025-12-31 }]\n"
    )
    document = actions.read_plan_file(file)
    version = actions.publish_plan(
        document, at=at, release=actions.Release(source=beside(tmp_path))
    )
    days = version.terms.calendars["office"].special_days()
    assert [(str(day.on), day.name) for day in days.values()] == [
        ("2025-12-24", "Eve"),
        ("2025-12-31", ""),
    ]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("en", "Holidays for 2026 are missing. Due times after 31 December count them as "
         "working days."),
        ("de", "Die Feiertage für 2026 fehlen. Fälligkeiten nach dem 31. Dezember zählen sie "
         "als Arbeitstage."),
    ],
)  # fmt: skip
def test_it_says_which_holidays_are_missing(language: str, words: str) -> None:
    known = HolidaySet("germany", (), date(2025, 12, 31))
    office = CalendarTerms("office", "office", "UTC", False, ((),) * 7, holidays=(known,))
    with translation.override(language):
        assert missing_holidays(office, date(2025, 10, 24)) == words
        assert missing_holidays(office, date(2024, 12, 31)) == ""


def test_it_says_in_autumn_that_days_of_ones_own_end() -> None:
    def ending(year: int, today: date, until: date | None = None) -> list[str]:
        ours = HolidaySet("ours", (SpecialDay(date(year, 12, 24), is_own=True),), until)
        office = CalendarTerms("office", "office", "UTC", False, ((),) * 7, holidays=(ours,))
        return list(days_that_end(office, today))

    october = date(2025, 10, 1)
    assert ending(2025, october) == ["No day off of “ours” is named for 2026."]
    assert ending(2025, date(2025, 9, 30)) == []
    assert ending(2026, october) == ending(2024, october) == []
    assert ending(2025, october, date(2030, 12, 31)) == []

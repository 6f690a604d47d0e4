"""The weekly hours of a plan are cells: what is written in one changes those days alone."""

from __future__ import annotations

import pytest
from django.test import Client

from answerable.cast import Cast
from answerable.entitlements.core.document import read_document
from answerable.entitlements.models import PlanDraft
from answerable.office.hour_cells import hour_cells, with_hours
from answerable.office.tests.test_editor import EDIT, read, typed
from answerable.office.tests.test_pages import PREMIUM, text_of

NINE = "09:00-17:00"


def hours(text: str, calendar: str = "office") -> dict[str, list[str]]:
    week = read_document(text)["calendars"][calendar]
    return {day: hours for day, hours in week.items() if day not in ("name", "zone")}


def test_working_days_in_one_are_each_of_them() -> None:
    changed = with_hours(PREMIUM, "office.mon-fri", "9-12, 13:30\N{EN DASH}18")
    assert changed
    new = ["09:00-12:00", "13:30-18:00"]
    assert hours(changed.text) == dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), new)
    assert with_hours(changed.text, "office.mon-fri", "08:00-17:00") == with_hours(
        PREMIUM, "office.mon-fri", "08:00-17:00"
    )


def test_a_day_that_was_closed_opens_and_closes_again() -> None:
    opened = with_hours(PREMIUM, "office.sat", NINE)
    assert opened
    assert hours(opened.text) == hours(PREMIUM) | {"sat": [NINE]}
    closed = with_hours(opened.text, "office.sat", " ")
    assert closed
    assert hours(closed.text) == hours(PREMIUM) | {"sat": []}


@pytest.mark.parametrize(
    "week",
    [
        'office = { zone = "UTC", mon = ["08:00-17:00"] }',
        '[calendars.office]\nzone = "UTC"\nmon = [\n "08:00-17:00",\n] # more\n[next]\na = 1',
        '[calendars.office]\nzone = "UTC"',
    ],
)
def test_it_finds_the_place_however_a_week_is_written(week: str) -> None:
    text = f"[calendars]\n{week}" if week.startswith("office") else week
    before = read_document(text)
    before["calendars"]["office"]["sat"] = [NINE]
    changed = with_hours(text, "office.sat", NINE)
    assert changed
    assert read_document(changed.text) == before


def test_where_there_is_no_such_place_nothing_is_changed() -> None:
    dotted = 'calendars.office.zone = "UTC"\n[next]\na = 1'
    changed = with_hours(dotted, "office.sat", NINE)
    assert changed
    assert not changed.is_read


def test_days_that_differ_have_no_words_in_one() -> None:
    text = PREMIUM.replace('fri = ["08:00-17:00"]', 'fri = ["08:00-13:00"]')
    working, *_weekend, _mon, _tue, _wed, _thu, friday = hour_cells(text)
    assert (working.words, working.differ) == ("", True)
    assert (friday.key, friday.words) == ("office.fri", "08:00-13:00")


def test_calendars_of_another_kind_and_texts_of_another_have_none() -> None:
    assert {cell.calendar for cell in hour_cells(PREMIUM)} == {"office"}
    assert hour_cells("key = ") == []
    assert with_hours(PREMIUM, "always.mon", NINE) is None


def test_hours_are_changed_beside_the_text(here: Cast, ida: Client) -> None:
    cell = {"cell-office.mon-fri": "9-17", "was-office.mon-fri": "08:00-17:00"}
    preview = typed(ida, PREMIUM, **cell)
    assert hours(PlanDraft.objects.get().text)["fri"] == [NINE]
    assert read(preview)["cells"]["office.fri"] == NINE
    assert 'value="09:00-17:00" data-cell="office.mon-fri"' in text_of(ida, EDIT)


@pytest.mark.parametrize("words", ["soon", "17:00", "25:00-26:00", "08:00-17:00 17:00-18:00"])
def test_what_are_no_hours_is_said_and_changes_nothing(
    here: Cast, ida: Client, words: str
) -> None:
    cell = {"cell-office.sat": words, "was-office.sat": ""}
    preview = typed(ida, PREMIUM, **cell)
    assert read(preview)["problems"] == {"office.sat": "Enter hours like 08:00-17:00"}
    assert '<a href="#cell-office.sat">Enter hours like' in preview
    assert PlanDraft.objects.get().text == PREMIUM


def test_a_place_leads_to_them_with_the_field_ready(here: Cast, ida: Client) -> None:
    places = ida.get("/desk/palette/").json()["places"]
    (hours_of,) = [one for one in places if one["id"] == "hours:premium"]
    assert hours_of["words"] == "Support hours: Premium"
    page = text_of(ida, hours_of["address"])
    assert page.count(" autofocus") == 1
    assert 'aria-describedby="cell-office.mon-fri-error hours-hint-office" autofocus' in page
    assert " autofocus" not in text_of(ida, EDIT)

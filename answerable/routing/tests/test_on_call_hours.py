"""Rotas with hours, as ladders, programs, calendars and the plan of four weeks read them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from icalendar import Calendar

from answerable.cast import Cast
from answerable.routing.actions import rotas
from answerable.routing.actions.rotas import NotTheirs, Stretch, Turns
from answerable.routing.models import Rota
from answerable.routing.on_call import SEEN, on_call_at, on_call_until, plan_of
from answerable.routing.on_call_plan import on_call_plan, own_line
from answerable.routing.shift_calendar import shift_calendar

pytestmark = pytest.mark.django_db
FIRST, SECOND, HEAD = Rota.Place.values
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2025, 10, 6, 7, tzinfo=UTC)  # nine in Berlin
EVENING, MORNING = MONDAY + 9 * HOUR, MONDAY + 23 * HOUR  # six, and eight on Tuesday
NIGHTS = ["18:00-08:00"] * 5 + ["", ""]
DASH = "\N{EN DASH}"


@pytest.fixture(autouse=True)
def nights(cast: Cast) -> Rota:
    """Ana and Ben have the nights of working days in Berlin, each for a week."""
    people = [cast.ana, cast.ben]
    turns = Turns(people, date(2025, 10, 6), time(9), "Europe/Berlin", 7, NIGHTS)
    return rotas.save_rota(FIRST, turns, by=cast.ida, at=MONDAY - DAY)


def all_day(cast: Cast, *, renews: int | None = None) -> Rota:
    """Chidi is on call around the clock."""
    turns = Turns([cast.chidi], date(2025, 10, 6), time(9), "Europe/Berlin", 7)
    return rotas.save_rota(FIRST, turns, by=cast.ida, at=MONDAY - DAY, renews=renews)


def called(at: datetime) -> int | None:
    return on_call_at(at)[FIRST]


def found_in(cast: Cast, at: datetime) -> list[str]:
    return [one.words for one in on_call_plan(cast.ida, at, UTC).findings]


def test_outside_its_hours_the_next_rota_of_the_place_stands(cast: Cast) -> None:
    assert [called(EVENING), called(MORNING)] == [cast.ana.pk, None]
    all_day(cast)
    assert [called(EVENING), called(MORNING)] == [cast.ana.pk, cast.chidi.pk]
    assert called(EVENING + WEEK) == cast.ben.pk
    plan = plan_of(FIRST, MONDAY, MONDAY + SEEN)
    assert on_call_until(plan, EVENING) == MORNING
    assert on_call_until(plan, MORNING) == EVENING + DAY


def test_who_is_not_on_call_reads_from_when_on(cast: Cast) -> None:
    line = own_line(cast.ana, MORNING, UTC)
    assert line
    assert line.words == "You are on call next from Tue 7 Oct 16:00 on: First person on call."


def test_what_is_so_every_week_is_said_once_and_what_differs_by_itself(cast: Cast) -> None:
    said = [one for one in found_in(cast, MONDAY + HOUR) if "obody" in one]
    assert said == [
        f"Every week nobody is on call, Mon 00:00{DASH}18:00, Tue {DASH} Fri 08:00{DASH}18:00,"
        f" Sat 08:00{DASH}24:00, Sun all day (Berlin): First person on call."
    ]
    rows = on_call_plan(cast.ida, EVENING, UTC).weeks[0].cells[0].rows
    assert [row.name for row in rows] == ["Ana Silva"] * 5
    before = [one for one in found_in(cast, MONDAY - 3 * DAY) if one.startswith("Nobody")]
    assert len(before) == 1  # Until the first night: that is not so every week.


def test_people_give_away_a_week_of_their_nights(cast: Cast, nights: Rota) -> None:
    all_day(cast)
    week = Stretch(FIRST, cast.ben, MONDAY, MONDAY + 5 * DAY)
    with pytest.raises(NotTheirs):  # By day it is Chidi's.
        rotas.cover(week, by=cast.ana, at=MONDAY)
    only = Stretch(FIRST, cast.ben, MONDAY, MONDAY + 5 * DAY, rota=nights.pk)
    rotas.cover(only, by=cast.ana, at=MONDAY)
    assert [called(EVENING), called(MORNING)] == [cast.ben.pk, cast.chidi.pk]


def test_where_nobody_else_is_on_call_no_more_is_given_away(cast: Cast) -> None:
    week = Stretch(FIRST, cast.ben, MONDAY + HOUR, MONDAY + 3 * DAY)
    rotas.cover(week, by=cast.ana, at=MONDAY)
    assert [called(EVENING), called(MORNING)] == [cast.ben.pk] * 2


def test_a_calendar_has_each_night(cast: Cast) -> None:
    events: list[Any] = Calendar.from_ical(shift_calendar(cast.ana, MONDAY)).walk("VEVENT")
    assert [(one["DTSTART"].dt, one["DTEND"].dt) for one in events[:5]] == [
        (EVENING + number * DAY, MORNING + number * DAY) for number in range(5)
    ]


def test_who_is_set_on_call_leaves_hours_of_others_alone(cast: Cast) -> None:
    first = all_day(cast)
    rotas.save_rota(
        FIRST,
        Turns([cast.lena], date(2025, 10, 7), time(9), "Europe/Berlin", 7),
        by=cast.ida,
        at=MORNING,
        renews=first.pk,
    )
    assert called(MORNING + 2 * HOUR) == cast.lena.pk
    assert called(EVENING + DAY) == cast.ana.pk


def test_what_was_entered_when_a_place_had_one_rota_is_one(cast: Cast) -> None:
    all_day(cast)
    other = Turns([cast.ravi], date(2025, 10, 6), time(9), "Europe/Berlin", 7)
    rotas.save_rota(SECOND, other, by=cast.ida, at=MONDAY)
    loader = MigrationLoader(connection)
    name = "_rotas_of_a_place_were_one"
    move = next(one for key, one in loader.disk_migrations.items() if key[1].endswith(name))
    joins: Any = move.operations[0]
    with connection.schema_editor() as editor:
        joins.code(loader.project_state().apps, editor)
    first, second, third = Rota.objects.order_by("pk")
    assert [first.renews, second.renews, third.renews] == [None, first, None]
    assert called(EVENING) == cast.chidi.pk

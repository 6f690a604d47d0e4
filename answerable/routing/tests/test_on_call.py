"""Who is on call is entered, covered and read, and calendars follow it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar

from answerable.accounts.models import Agent
from answerable.cast import Cast
from answerable.live.models import LiveEvent
from answerable.routing.actions import abilities, rotas
from answerable.routing.actions.rotas import NotTheirs, OddStretch, Stretch, Turns
from answerable.routing.models import Cover, OnCallChange, Rota, ShiftCalendar
from answerable.routing.on_call import SEEN, on_call_at, on_call_until, plan_of
from answerable.routing.on_call_plan import on_call_plan, own_line
from answerable.routing.shift_calendar import calendar_reader, shift_calendar

FIRST, SECOND, HEAD = Rota.Place.values
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
MONDAY = datetime(2025, 10, 20, 7, tzinfo=UTC)  # nine in Berlin


def taking_turns(cast: Cast, *people: Agent, place: str = FIRST, days: int = 7) -> Rota:
    turns = Turns(people, date(2025, 10, 20), time(9), "Europe/Berlin", days)
    return rotas.save_rota(place, turns, by=cast.ida, at=MONDAY - DAY)


def covering(agent: Agent, begin: datetime, hours: int, place: str = FIRST) -> Stretch:
    return Stretch(place, agent, begin, begin + hours * HOUR, "school")


def called(at: datetime) -> int | None:
    return on_call_at(at)[FIRST]


def found_in(cast: Cast, at: datetime) -> list[str]:
    return [one.words for one in on_call_plan(cast.ida, at, UTC).findings]


@pytest.mark.django_db
def test_people_take_turns(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    weeks = [called(MONDAY + number * WEEK + HOUR) for number in range(3)]
    assert weeks == [cast.ana.pk, cast.ben.pk, cast.ana.pk]
    assert called(MONDAY - HOUR) is None


@pytest.mark.django_db
def test_one_person_is_on_call_for_good_until_somebody_else_is(cast: Cast) -> None:
    rotas.set_on_call(HEAD, cast.lena, by=cast.ida, at=MONDAY)
    assert on_call_at(MONDAY + 500 * DAY)[HEAD] == cast.lena.pk
    assert on_call_until(plan_of(HEAD, MONDAY, MONDAY + SEEN), MONDAY) is None
    rotas.set_on_call(HEAD, None, by=cast.ida, at=MONDAY + DAY)
    assert on_call_at(MONDAY + DAY)[HEAD] is None
    assert on_call_at(MONDAY)[HEAD] == cast.lena.pk


@pytest.mark.django_db
def test_a_new_rota_leaves_the_shift_that_is_on_alone(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    later = Turns([cast.chidi, cast.ana], date(2025, 10, 27), time(9), "Europe/Berlin", 7)
    rotas.save_rota(FIRST, later, by=cast.ida, at=MONDAY + DAY)
    assert called(MONDAY + 2 * DAY) == cast.ana.pk
    assert called(MONDAY + WEEK + 2 * HOUR) == cast.chidi.pk


@pytest.mark.django_db
def test_it_is_read_with_four_queries_however_much_was_entered(cast: Cast) -> None:
    for place in (FIRST, SECOND, HEAD):
        taking_turns(cast, cast.ana, cast.ben, cast.chidi, place=place)
        for number in range(5):
            stretch = covering(cast.lena, MONDAY + number * HOUR, 48, place)
            rotas.cover(stretch, by=cast.ida, at=MONDAY)
    with CaptureQueriesContext(connection) as asked:
        on_call_at(MONDAY + DAY)
    assert len(asked) == 4
    with CaptureQueriesContext(connection) as asked:
        on_call_plan(cast.ida, MONDAY + DAY, UTC)
    assert len(asked) == 6


@pytest.mark.django_db
def test_agents_cover_for_others_and_give_away_their_own_alone(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    rotas.cover(covering(cast.chidi, MONDAY + 9 * HOUR, 4), by=cast.chidi, at=MONDAY)
    assert called(MONDAY + 10 * HOUR) == cast.chidi.pk
    rotas.cover(covering(cast.ben, MONDAY + DAY, 4), by=cast.ana, at=MONDAY)
    assert called(MONDAY + DAY) == cast.ben.pk
    assert called(MONDAY + DAY + 4 * HOUR) == cast.ana.pk
    with pytest.raises(NotTheirs):
        rotas.cover(covering(cast.ben, MONDAY + WEEK - HOUR, 8), by=cast.ana, at=MONDAY)
    with pytest.raises(NotTheirs):
        rotas.cover(covering(cast.chidi, MONDAY + 3 * DAY, 4), by=cast.ben, at=MONDAY)
    rotas.cover(covering(cast.chidi, MONDAY + 3 * DAY, 4), by=cast.ida, at=MONDAY)


@pytest.mark.django_db
def test_a_cover_is_taken_back_by_whom_it_concerns(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    entered = rotas.cover(covering(cast.ben, MONDAY, 4), by=cast.ana, at=MONDAY)
    with pytest.raises(NotTheirs):
        rotas.uncover(entered, by=cast.chidi, at=MONDAY)
    rotas.uncover(entered, by=cast.ben, at=MONDAY)
    assert not Cover.objects.exists()
    assert called(MONDAY) == cast.ana.pk
    what = OnCallChange.objects.order_by("pk").values_list("what", "by__name")
    assert list(what) == [
        ("rota", "Ida Holm"),
        ("covered", "Ana Silva"),
        ("uncovered", "Ben Adler"),
    ]


@pytest.mark.django_db
def test_what_was_so_before_now_stays_so(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    at = MONDAY + 2 * DAY
    entered = rotas.cover(covering(cast.ben, MONDAY, 72), by=cast.ida, at=at)
    assert called(at - HOUR) == cast.ana.pk
    assert called(at) == cast.ben.pk
    rotas.uncover(entered, by=cast.ida, at=at + HOUR)
    assert called(at) == cast.ben.pk
    assert called(at + HOUR) == cast.ana.pk


@pytest.mark.django_db
def test_a_stretch_that_nobody_means_is_refused(cast: Cast) -> None:
    for begin, hours in ((MONDAY, 0), (MONDAY, -1), (MONDAY - DAY, 4), (MONDAY, 24 * 400)):
        with pytest.raises(OddStretch):
            rotas.cover(covering(cast.ben, begin, hours), by=cast.ida, at=MONDAY)


@pytest.mark.django_db
def test_pages_of_both_hear_of_a_cover(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    LiveEvent.objects.all().delete()
    rotas.cover(covering(cast.ben, MONDAY, 4), by=cast.ana, at=MONDAY)
    heard = set(LiveEvent.objects.values_list("topic", flat=True))
    assert heard == {f"notices-{cast.ana.pk}", f"notices-{cast.ben.pk}"}


@pytest.mark.django_db
def test_who_was_deactivated_is_passed_over_and_found(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    cast.ana.user.is_active = False
    cast.ana.user.save()
    assert called(MONDAY + HOUR) == cast.ben.pk
    assert "Ana Silva is deactivated. Ben Adler stands in: First person on call." in found_in(
        cast, MONDAY
    )
    cast.ben.user.is_active = False
    cast.ben.user.save()
    assert called(MONDAY + HOUR) is None
    said = found_in(cast, MONDAY)
    assert any(one.startswith("Nobody is on call, Mon 20 Oct 07:00") for one in said)


@pytest.mark.django_db
def test_who_is_away_has_somebody_stand_in_and_is_found(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    abilities.add_absence(cast.ana, begins_at=MONDAY + DAY, ends_at=MONDAY + 2 * DAY)
    assert called(MONDAY + DAY) == cast.ben.pk
    assert called(MONDAY + 2 * DAY) == cast.ana.pk
    assert any(
        one.startswith("Ana Silva is away, Tue 21 Oct 07:00")
        and one.endswith("Ben Adler stands in: First person on call.")
        for one in found_in(cast, MONDAY)
    )


@pytest.mark.django_db
def test_who_has_no_number_or_two_places_is_found(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    taking_turns(cast, cast.ben, cast.ana, place=SECOND)
    rotas.cover(covering(cast.ben, MONDAY + DAY, 4), by=cast.ida, at=MONDAY)
    facts = abilities.Facts(chats=1, calls=1, critical=1, own_phone="+49301234567")
    abilities.save_ability(cast.ana, facts)
    said = found_in(cast, MONDAY)
    assert "Ben Adler has no telephone number." in said
    assert "Ana Silva has no telephone number." not in said
    assert sum("is on call at two places at once" in one for one in said) == 1


@pytest.mark.django_db
def test_an_agent_reads_until_when_or_from_when_on(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    lines = [own_line(one, MONDAY + HOUR, UTC) for one in (cast.ana, cast.ben, cast.chidi)]
    assert [line and (line.words, line.is_now) for line in lines] == [
        ("You are on call until Mon 27 Oct 08:00: First person on call.", True),
        ("You are on call next from Mon 27 Oct 08:00 on: First person on call.", False),
        None,
    ]


@pytest.mark.django_db
def test_a_calendar_has_the_shifts_of_one_person_in_utc(cast: Cast) -> None:
    taking_turns(cast, cast.ana, cast.ben)
    rotas.cover(covering(cast.ana, MONDAY + 8 * DAY, 4), by=cast.ida, at=MONDAY)
    read = shift_calendar(cast.ana, MONDAY)
    events: list[Any] = Calendar.from_ical(read).walk("VEVENT")
    assert [(one["DTSTART"].dt, one["DTEND"].dt) for one in events[:2]] == [
        (MONDAY, MONDAY + WEEK + HOUR),
        (MONDAY + 8 * DAY, MONDAY + 8 * DAY + 4 * HOUR),
    ]
    assert events[0]["SUMMARY"] == "On call: First person on call"
    later: list[Any] = Calendar.from_ical(shift_calendar(cast.ana, MONDAY + 3 * DAY)).walk(
        "VEVENT"
    )
    assert later[0]["UID"] == events[0]["UID"]
    assert b"DTSTART:20251020T070000Z\r\n" in read


@pytest.mark.django_db
def test_a_token_is_kept_as_its_hash_and_ends(cast: Cast) -> None:
    token = rotas.make_calendar(cast.ana, at=MONDAY)
    assert token not in str(ShiftCalendar.objects.values())
    assert calendar_reader(token) == cast.ana
    assert calendar_reader("guess") is None
    newer = rotas.make_calendar(cast.ana, at=MONDAY)
    assert calendar_reader(token) is None
    cast.ana.user.is_active = False
    cast.ana.user.save()
    assert calendar_reader(newer) is None
    rotas.end_calendar(cast.ana)
    assert not ShiftCalendar.objects.exists()

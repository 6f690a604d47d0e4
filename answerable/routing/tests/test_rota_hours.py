"""A rota that has hours stands in them alone, on the wall of its zone; others beneath it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.routing.core.rota import (
    Cover,
    Plan,
    Rota,
    rests,
    rota_at,
    shift_at,
    shifts,
    stands,
    who,
)
from answerable.routing.core.standing import week_of
from answerable.sla.core.week import Weekly

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
ZONES = ("Europe/Berlin", "America/New_York", "UTC")
# Nights of working days and all weekend, until Monday morning; and the days.
NIGHTS = week_of(
    ["00:00-08:00, 18:00-08:00", *["18:00-08:00"] * 4, "00:00-24:00", "00:00-24:00"]
)
DAYS = week_of(["08:00-18:00"] * 5 + ["", ""])
ANA, BEN, CHIDI, DANA = 1, 2, 3, 4
MINUTES = 24 * 60
# Both changes of clocks of a year, in Berlin and in New York.
SPRING, AUTUMN = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 10, 18, tzinfo=UTC)
STRETCH = 5 * WEEK

instants = st.one_of(
    st.integers(0, STRETCH // timedelta(seconds=1)).map(
        lambda n: SPRING + timedelta(seconds=n)
    ),
    st.integers(0, STRETCH // timedelta(seconds=1)).map(
        lambda n: AUTUMN + timedelta(seconds=n)
    ),
)
walls = st.integers(0, MINUTES - 1).map(lambda n: f"{n // 60:02}:{n % 60:02}")
spans = st.tuples(walls, st.one_of(walls, st.just("24:00"))).filter(lambda s: s[0] != s[1])
weeks = st.lists(st.lists(spans, max_size=2).map(tuple), min_size=7, max_size=7).map(tuple)


@st.composite
def rotas(draw: st.DrawFn, order: int = 1, first: int = 1) -> Rota:
    """Somebody of a few people, from long ago on, in hours that overlap as they like."""
    return Rota(
        order=order,
        people=tuple(draw(st.permutations([first, first + 1, first + 2]))),
        first_day=draw(st.dates(date(2026, 1, 1), date(2026, 1, 20))),
        hand_over=time(draw(st.integers(0, 23))),
        zone=draw(st.sampled_from(ZONES)),
        days=draw(st.sampled_from([0, 1, 7])),
        since=LONG_AGO,
        hours=draw(weeks),
    )


def nights(**changes: object) -> Rota:
    """Ana and Ben, a week each, at night in Berlin."""
    day = date(2026, 1, 5)
    usual = Rota(1, (ANA, BEN), day, time(12), "Europe/Berlin", 7, LONG_AGO, NIGHTS)
    return replace(usual, **changes)  # type: ignore[arg-type]  # Names of its fields.


def days(**changes: object) -> Rota:
    """Chidi alone, by day."""
    return nights(**{"order": 2, "people": (CHIDI,), "days": 0, "hours": DAYS} | changes)


def wall(zone: str, *parts: int) -> datetime:
    return datetime(*parts, tzinfo=ZoneInfo(zone))  # type: ignore[arg-type, misc]  # Five numbers.


def minutes_of(weekly: Weekly) -> set[int]:
    """Return which minutes of a week lie in its spans: another way to say what hours mean."""
    found: set[int] = set()
    for number, day in enumerate(weekly):
        for opens, closes in day:
            begin, end = (int(t[:2]) * 60 + int(t[3:]) for t in (opens, closes))
            end += MINUTES if end < begin else 0
            found |= {
                (number * MINUTES + minute) % (7 * MINUTES) for minute in range(begin, end)
            }
    return found


def changes_clocks(zone: str, at: datetime) -> bool:
    """Say whether the wall of a zone jumps within three hours of an instant."""
    around = [at + number * HOUR for number in range(-3, 4)]
    return len({one.astimezone(ZoneInfo(zone)).utcoffset() for one in around}) > 1


def on_call(rota: Rota, begin: datetime, end: datetime) -> timedelta:
    """Return how long somebody of a rota is on call between two instants."""
    found = stands(Plan([rota]), begin, end)
    return sum((one.ends_at - one.begins_at for one in found if one.rota), timedelta())


@given(rotas(), instants)
def test_the_wall_of_its_zone_says_whether_it_stands(rota: Rota, at: datetime) -> None:
    local = at.astimezone(ZoneInfo(rota.zone))
    minute = (local.weekday() * 24 + local.hour) * 60 + local.minute
    is_within = not rota.hours or minute in minutes_of(rota.hours)
    if not changes_clocks(rota.zone, at):
        assert (rota_at(Plan([rota]), at) == rota) == is_within
        assert rests(Plan([rota]), at) != is_within


@given(rotas(), instants)
def test_in_its_hours_one_person_is_on_call_and_outside_nobody(
    rota: Rota, at: datetime
) -> None:
    plan = Plan([rota])
    held = [shift for shift in shifts(plan, at - WEEK, at + WEEK) if shift.holds(at)]
    assert len(held) == 1
    stands_now = rota_at(plan, at) is not None
    assert (held[0].person in rota.people) == stands_now
    assert (held[0].person is None) == (not stands_now)
    assert held[0].person == who(plan, at)


@given(rotas(1), rotas(2, first=4), rotas(3, first=7), instants)
def test_every_instant_has_the_rota_of_its_shift(
    one: Rota, two: Rota, three: Rota, at: datetime
) -> None:
    plan = Plan([one, two, replace(three, renews=1, since=at - DAY)])
    rota = rota_at(plan, at)
    found = [shift for shift in shifts(plan, at - WEEK, at + WEEK) if shift.holds(at)]
    assert [(s.person, s.rota) for s in found] == [
        (who(plan, at), rota.first if rota else None)
    ]
    if found[0].person:
        assert found == [shift_at(plan, at)]
    held = [s for s in stands(plan, at - WEEK, at + WEEK) if s.begins_at <= at < s.ends_at]
    assert [stand.rota for stand in held] == [rota]


@given(rotas(1), rotas(2, first=4), instants)
def test_shifts_of_several_rotas_follow_each_other(one: Rota, two: Rota, at: datetime) -> None:
    found = list(shifts(Plan([one, two]), at - WEEK, at + WEEK))
    for shift, following in pairwise(found):
        assert shift.begins_at < following.begins_at
        assert shift.ends_at == following.begins_at


@given(rotas())
def test_a_week_has_as_many_seconds_as_its_spans(rota: Rota) -> None:
    length = len(minutes_of(rota.hours)) * timedelta(minutes=1) if any(rota.hours) else None
    begin = wall(rota.zone, 2026, 6, 1, 0, 0).astimezone(UTC)
    for number in range(3):
        week = on_call(rota, begin + number * WEEK, begin + (number + 1) * WEEK)
        assert week == (timedelta() if length is None else length)


@given(instants)
def test_nights_and_days_of_one_zone_leave_nobody_out(at: datetime) -> None:
    plan = Plan([nights(), days()])
    local = at.astimezone(ZoneInfo("Europe/Berlin"))
    is_day = local.weekday() < 5 and 8 <= local.hour < 18
    assert (who(plan, at) == CHIDI) == is_day
    assert who(plan, at) is not None


@pytest.mark.parametrize(
    ("zone", "day", "night"),
    [
        ("Europe/Berlin", (2026, 3, 28), 13),
        ("Europe/Berlin", (2026, 10, 24), 15),
        ("America/New_York", (2026, 3, 7), 13),
        ("America/New_York", (2026, 10, 31), 15),
        ("America/New_York", (2026, 3, 28), 14),
    ],
)
def test_a_night_in_which_clocks_change_is_an_hour_shorter_or_longer(
    zone: str, day: tuple[int, int, int], night: int
) -> None:
    rota = nights(zone=zone, hours=week_of(["18:00-08:00"] * 7))
    shift = shift_at(Plan([rota]), wall(zone, *day, 23, 0))
    assert shift.ends_at
    assert shift.ends_at - shift.begins_at == night * HOUR
    assert shift.begins_at == wall(zone, *day, 18, 0)
    assert shift.ends_at.astimezone(ZoneInfo(zone)).hour == 8


@pytest.mark.parametrize(("zone", "spring", "autumn"), [("Europe/Berlin", 29, 25)])
def test_a_span_that_is_skipped_is_none_and_one_that_comes_twice_is_long(
    zone: str, spring: int, autumn: int
) -> None:
    rota = nights(zone=zone, hours=week_of([""] * 6 + ["02:15-02:45"]))
    skipped = wall(zone, 2026, 3, spring, 0, 0)
    assert on_call(rota, skipped, skipped + DAY) == timedelta()
    assert on_call(rota, skipped + WEEK, skipped + WEEK + DAY) == HOUR / 2
    twice = wall(zone, 2026, 10, autumn, 0, 0)
    # From the first 02:15 until the second 02:45, without a hole in between.
    assert on_call(rota, twice, twice + DAY) == HOUR + HOUR / 2
    found = [s for s in shifts(Plan([rota]), twice, twice + DAY) if s.person]
    assert len(found) == 1
    before = shift_at(Plan([rota]), skipped)
    assert before.begins_at == wall(zone, 2026, 3, spring - 7, 2, 45)
    assert before.ends_at == wall(zone, 2026, 4, 5, 2, 15)


def test_a_weekend_is_one_shift_from_friday_evening_until_monday_morning() -> None:
    shift = shift_at(Plan([nights()]), wall("Europe/Berlin", 2026, 6, 7, 12, 0))
    assert shift.begins_at == wall("Europe/Berlin", 2026, 6, 5, 18, 0)
    assert shift.ends_at == wall("Europe/Berlin", 2026, 6, 8, 8, 0)


def test_all_hours_of_all_days_are_around_the_clock() -> None:
    plan = Plan([nights(hours=week_of(["00:00-24:00"] * 7), days=0)])
    shift = shift_at(plan, wall("Europe/Berlin", 2026, 6, 7, 12, 0))
    assert (shift.person, shift.begins_at, shift.ends_at) == (
        ANA,
        plan.reigns[0].begins_at,
        None,
    )


def test_one_with_hours_goes_before_one_around_the_clock_also_if_begun_before() -> None:
    plan = Plan([nights(), days(hours=())])
    assert who(plan, wall("Europe/Berlin", 2026, 6, 3, 3, 0)) in {ANA, BEN}
    assert who(plan, wall("Europe/Berlin", 2026, 6, 3, 12, 0)) == CHIDI


def test_of_two_with_the_same_hours_the_one_that_was_begun_last_stands() -> None:
    early, late = nights(), days(hours=NIGHTS)
    at = wall("Europe/Berlin", 2026, 6, 3, 3, 0)
    assert who(Plan([early, late]), at) == CHIDI
    again = nights(order=3, renews=1, since=at - DAY)
    assert who(Plan([early, late, again]), at) == CHIDI


def test_who_enters_a_rota_anew_changes_its_hours_and_no_other() -> None:
    at = wall("Europe/Berlin", 2026, 6, 3, 12, 0)
    later = days(order=3, renews=2, hours=week_of(["09:00-12:00"] * 7), since=at)
    plan = Plan([nights(), days(), later])
    assert who(plan, at - HOUR) == CHIDI
    assert who(plan, at + HOUR) is None
    assert who(plan, at + 22 * HOUR) == CHIDI
    assert who(plan, at - 12 * HOUR) in {ANA, BEN}


def test_a_rota_without_people_is_ended_and_others_go_on() -> None:
    at = wall("Europe/Berlin", 2026, 6, 3, 3, 0)
    ended = nights(order=3, renews=1, people=(), since=at)
    plan = Plan([nights(), days(hours=()), ended])
    assert who(plan, at - HOUR) in {ANA, BEN}
    assert who(plan, at) == CHIDI


def test_follow_the_sun_hands_over_between_two_zones() -> None:
    berlin = nights(days=0, hours=week_of(["08:00-20:00"] * 7))
    york = days(zone="America/New_York", hours=week_of(["14:00-02:00"] * 7))
    plan = Plan([berlin, york])
    usual = wall("Europe/Berlin", 2026, 6, 3, 20, 0)
    assert [who(plan, usual - HOUR), who(plan, usual)] == [ANA, CHIDI]
    assert who(plan, usual + 12 * HOUR) == ANA
    # Three weeks in spring New York is five hours away: its day begins an hour early.
    found = stands(plan, wall("UTC", 2026, 3, 10, 0, 0), wall("UTC", 2026, 3, 13, 0, 0))
    gaps = [one.ends_at - one.begins_at for one in found if one.rota is None]
    assert gaps == [HOUR] * 3


def test_a_cover_holds_outside_all_hours_unless_it_is_of_a_rota() -> None:
    begin = wall("Europe/Berlin", 2026, 6, 2, 0, 0)
    plan = Plan([nights()], [Cover(1, DANA, begin, begin + 2 * DAY)])
    assert {s.person for s in shifts(plan, begin + HOUR, begin + DAY)} == {DANA}
    of_nights = Plan([nights(), days()], [Cover(1, DANA, begin, begin + 2 * DAY, rota=1)])
    assert who(of_nights, begin + 3 * HOUR) == DANA
    assert who(of_nights, begin + 12 * HOUR) == CHIDI
    assert who(Plan([nights()], of_nights.covers), begin + 12 * HOUR) is None

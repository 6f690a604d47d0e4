"""Who is on call when: every instant has its person, and shifts follow each other."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.routing.core.rota import Cover, Plan, Rota, Shift, Why, shift_at, shifts, who

HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
LONG_AGO = datetime(2020, 1, 1, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
ANA, BEN, CHIDI = 1, 2, 3
BEGIN, END = datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 5, 1, tzinfo=UTC)

instants = st.datetimes(datetime(2026, 3, 1), datetime(2026, 4, 30)).map(  # noqa: DTZ001
    lambda wall: wall.replace(tzinfo=UTC)
)
people = st.integers(1, 5)


@st.composite
def rotas(draw: st.DrawFn, order: int, since: datetime | None = None) -> Rota:
    return Rota(
        order=order,
        people=tuple(draw(st.lists(people, min_size=1, max_size=4, unique=True))),
        first_day=draw(st.dates(date(2026, 1, 1), date(2026, 2, 20))),
        hand_over=draw(st.times()).replace(second=0, microsecond=0),
        zone=draw(st.sampled_from(["Europe/Berlin", "America/New_York", "Asia/Tokyo", "UTC"])),
        days=draw(st.sampled_from([0, 1, 2, 7, 14])),
        since=since or draw(instants),
    )


@st.composite
def stretches(draw: st.DrawFn) -> tuple[datetime, datetime]:
    begin = draw(instants)
    return begin, begin + draw(st.integers(1, 300)) * HOUR


@st.composite
def covers(draw: st.DrawFn, order: int) -> Cover:
    return Cover(order, draw(people), *draw(stretches()))


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    """A plan in which somebody works all along: one rota counts from the beginning."""
    first = draw(rotas(1, LONG_AGO))
    return Plan(
        rotas=[first, *(draw(rotas(number)) for number in range(2, draw(st.integers(2, 4))))],
        covers=[draw(covers(number)) for number in range(1, draw(st.integers(1, 5)))],
        gone=frozenset(draw(st.sets(people, max_size=2))),
        away=draw(st.dictionaries(people, st.lists(stretches(), max_size=2), max_size=3)),
    )


def weekly(**changes: object) -> Rota:
    """Ana, Ben and Chidi, each for a week from Mondays at nine in Berlin on."""
    usual = Rota(1, (ANA, BEN, CHIDI), date(2026, 3, 2), time(9), "Europe/Berlin", 7, LONG_AGO)
    return replace(usual, **changes)  # type: ignore[arg-type]  # Names of its fields.


def berlin(*wall: int) -> datetime:
    return datetime(*wall, tzinfo=BERLIN)  # type: ignore[arg-type, misc]  # Four or five numbers.


@given(plans(), instants)
def test_every_instant_has_the_person_of_its_shift(plan: Plan, at: datetime) -> None:
    found = [shift for shift in shifts(plan, BEGIN, END) if shift.holds(at)]
    assert [shift.person for shift in found] == [who(plan, at)]
    assert found == [shift_at(plan, at)]


@given(plans(), instants)
def test_somebody_is_on_call_where_somebody_works(plan: Plan, at: datetime) -> None:
    plan = replace(plan, gone=frozenset())
    assert who(plan, at) in {1, 2, 3, 4, 5}


@given(plans())
def test_shifts_follow_each_other_without_gaps(plan: Plan) -> None:
    found = list(shifts(plan, BEGIN, END))
    assert found[0].begins_at <= BEGIN
    assert found[-1].ends_at is None or found[-1].ends_at >= END
    for one, following in pairwise(found):
        assert one.begins_at < following.begins_at
        assert one.ends_at == following.begins_at


@given(plans(), covers(99), instants)
def test_a_cover_changes_nothing_outside_itself(plan: Plan, cover: Cover, at: datetime) -> None:
    covered = replace(plan, covers=[*plan.covers, cover])
    if not cover.holds(at):
        assert who(covered, at) == who(plan, at)
    elif cover.person not in plan.gone and cover.person not in plan.away:
        assert who(covered, at) == cover.person


@given(plans(), rotas(99), instants)
def test_a_new_rota_changes_nothing_before_it_counts(
    plan: Plan, rota: Rota, at: datetime
) -> None:
    changed = replace(plan, rotas=[*plan.rotas, rota])
    if at < rota.counts_from:
        assert who(changed, at) == who(plan, at)


@given(plans(), instants)
def test_who_works_here_no_more_is_never_on_call(plan: Plan, at: datetime) -> None:
    assert who(plan, at) not in plan.gone


@given(plans(), instants)
def test_who_is_away_is_on_call_only_where_nobody_is_there(plan: Plan, at: datetime) -> None:
    def is_away(person: int) -> bool:
        return any(begin <= at < end for begin, end in plan.away.get(person, ()))

    person = who(plan, at)
    if person is not None and is_away(person):
        counting = max((r for r in plan.rotas if r.counts_from <= at), key=lambda r: r.order)
        assert all(is_away(one) for one in counting.people if one not in plan.gone)


@given(rotas(1, LONG_AGO), st.integers(0, 60))
def test_each_of_so_many_people_has_every_so_manieth_turn(rota: Rota, number: int) -> None:
    if not rota.days:
        assert {s.person for s in shifts(Plan([rota]), BEGIN, END)} == {rota.people[0]}
        return
    begin = rota.begins(number)
    assert who(Plan([rota]), begin) == rota.people[number % len(rota.people)]
    assert rota.turn_at(begin) == number
    assert number == 0 or rota.turn_at(begin - timedelta(seconds=1)) == number - 1


def test_hand_over_is_at_the_wall_time_also_when_clocks_change() -> None:
    plan = Plan([weekly()])
    found = list(shifts(plan, berlin(2026, 3, 23, 9), berlin(2026, 4, 6, 9)))
    assert [(s.person, s.begins_at.astimezone(BERLIN).hour) for s in found] == [
        (ANA, 9),
        (BEN, 9),
    ]
    assert found[0].ends_at
    assert found[0].ends_at - found[0].begins_at == WEEK - HOUR


@pytest.mark.parametrize(
    ("day", "hours"), [((2026, 3, 28), 23), ((2026, 10, 24), 25), ((2026, 7, 1), 24)]
)
def test_a_day_in_which_clocks_change_is_23_or_25_hours_long(
    day: tuple[int, int, int], hours: int
) -> None:
    shift = shift_at(Plan([weekly(days=1)]), berlin(*day, 12))
    assert shift.ends_at
    assert shift.ends_at - shift.begins_at == hours * HOUR


def test_a_hand_over_that_clocks_leave_out_counts_by_the_offset_of_before() -> None:
    plan = Plan([weekly(days=1, hand_over=time(2, 30))])
    shift = shift_at(plan, berlin(2026, 3, 29, 12))
    assert shift.begins_at == datetime(2026, 3, 29, 1, 30, tzinfo=UTC)
    assert shift.ends_at == datetime(2026, 3, 30, 0, 30, tzinfo=UTC)


def test_a_day_that_a_zone_leaves_out_is_nobodys_turn() -> None:
    rota = weekly(first_day=date(2011, 12, 28), days=1, zone="Pacific/Apia")
    rota = replace(rota, since=datetime(2011, 1, 1, tzinfo=UTC))
    begin = rota.begins(0)
    found = list(shifts(Plan([rota]), begin, begin + 3 * DAY))
    assert [shift.person for shift in found] == [ANA, BEN, ANA]
    assert all(shift.ends_at == shift.begins_at + DAY for shift in found)


def test_before_the_first_rota_nobody_is_on_call() -> None:
    plan = Plan([weekly(since=berlin(2026, 3, 3, 12))])
    first, second = list(shifts(plan, berlin(2026, 3, 1, 0), berlin(2026, 3, 4, 0)))
    assert first == Shift(None, berlin(2026, 3, 1, 0), berlin(2026, 3, 3, 12))
    assert (second.person, second.begins_at) == (ANA, berlin(2026, 3, 3, 12))


def test_the_cover_that_was_entered_last_counts() -> None:
    begin = berlin(2026, 3, 4, 18)
    evening = Cover(1, BEN, begin, begin + 12 * HOUR)
    hour = Cover(2, CHIDI, begin + HOUR, begin + 2 * HOUR)
    found = list(
        shifts(Plan([weekly()], [evening, hour]), berlin(2026, 3, 2, 9), berlin(2026, 3, 9, 9))
    )
    assert [(s.person, s.why, s.cover) for s in found] == [
        (ANA, Why.TURN, None),
        (BEN, Why.COVER, 1),
        (CHIDI, Why.COVER, 2),
        (BEN, Why.COVER, 1),
        (ANA, Why.TURN, None),
    ]


def test_the_next_in_order_stands_in_for_who_is_away() -> None:
    away = {ANA: [(berlin(2026, 3, 3, 0), berlin(2026, 3, 4, 0))]}
    found = list(
        shifts(Plan([weekly()], away=away), berlin(2026, 3, 2, 9), berlin(2026, 3, 9, 9))
    )
    assert [(s.person, s.why, s.turn_of) for s in found] == [
        (ANA, Why.TURN, ANA),
        (BEN, Why.STANDS_IN, ANA),
        (ANA, Why.TURN, ANA),
    ]


def test_where_all_are_away_whose_turn_it_is_is_rung_up_all_the_same() -> None:
    always = [(berlin(2026, 1, 1, 0), berlin(2027, 1, 1, 0))]
    plan = Plan([weekly()], away=dict.fromkeys((ANA, BEN, CHIDI), always))
    assert who(plan, berlin(2026, 3, 10, 0)) == BEN

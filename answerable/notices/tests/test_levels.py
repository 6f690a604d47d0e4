"""How loudly somebody is told: the four levels, as laws."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.notices.core.climbing import MOST_ROUNDS, next_round, ways_of_step
from answerable.notices.core.levels import (
    LEAST,
    MOST,
    MOST_SOUNDS,
    USUAL,
    Kind,
    Level,
    Moment,
    Way,
    Wishes,
    decide,
)
from answerable.notices.core.quiet import For, Quiet, is_quiet

KINDS, LEVELS = st.sampled_from(Kind), st.sampled_from(Level)
WAYS = st.frozensets(st.sampled_from([Way.DESKTOP, Way.PUSH, Way.MAIL, Way.DIGEST]))
MOMENTS = st.builds(
    Moment,
    looks_at_it=st.booleans(),
    is_quiet=st.booleans(),
    on_duty=st.booleans(),
    sounded=st.integers(0, 12),
    sounded_lately=st.booleans(),
)
WISHES = st.builds(
    Wishes, levels=st.dictionaries(KINDS, LEVELS), ways=st.dictionaries(LEVELS, WAYS)
)


@given(kind=KINDS, moment=MOMENTS, wishes=WISHES)
def test_nothing_sounds_for_the_tickets_of_others(
    kind: Kind, moment: Moment, wishes: Wishes
) -> None:
    telling = decide(kind, is_mine=False, moment=moment, wishes=wishes)
    assert telling.level <= Level.VISIBLE
    assert not telling.sounds


@given(kind=KINDS, moment=MOMENTS, wishes=WISHES)
def test_the_seventh_sound_of_an_hour_is_kept(
    kind: Kind, moment: Moment, wishes: Wishes
) -> None:
    telling = decide(kind, is_mine=True, moment=moment, wishes=wishes)
    if telling.sounds and telling.level == Level.AUDIBLE:
        assert moment.sounded < MOST_SOUNDS
        assert not moment.sounded_lately
    assert telling.sounds == (telling.level >= Level.AUDIBLE and not telling.is_grouped)


@given(kind=KINDS, moment=MOMENTS, wishes=WISHES)
def test_what_one_looks_at_sounds_only_when_it_insists(
    kind: Kind, moment: Moment, wishes: Wishes
) -> None:
    telling = decide(kind, is_mine=True, moment=moment, wishes=wishes)
    if moment.looks_at_it:
        assert telling.level != Level.AUDIBLE


@given(kind=KINDS, moment=MOMENTS, wishes=WISHES)
def test_quiet_hours_hold_but_for_what_insists_for_who_is_on_duty(
    kind: Kind, moment: Moment, wishes: Wishes
) -> None:
    telling = decide(kind, is_mine=True, moment=moment, wishes=wishes)
    if moment.is_quiet:
        assert telling.level == Level.QUIET or (
            telling.level == Level.INSISTENT and moment.on_duty
        )


@given(kind=KINDS, wishes=WISHES)
def test_a_choice_stays_within_its_bounds(kind: Kind, wishes: Wishes) -> None:
    level = wishes.level(kind)
    assert LEAST.get(kind, Level.QUIET) <= level <= MOST[kind]
    if kind not in wishes.levels:
        assert level == USUAL[kind]


@given(kind=KINDS, moment=MOMENTS, wishes=WISHES)
def test_nobody_is_mailed_twice_about_the_same(
    kind: Kind, moment: Moment, wishes: Wishes
) -> None:
    ways = decide(kind, is_mine=True, moment=moment, wishes=wishes).ways
    assert not {Way.MAIL, Way.DIGEST} <= ways


def test_the_steps_of_the_table_have_its_ways() -> None:
    assert ways_of_step(0) == {Way.CARD, Way.SOUND}
    assert Way.DESKTOP in ways_of_step(10)
    assert Way.PHONE not in ways_of_step(24)
    assert Way.PHONE in ways_of_step(25)
    assert {Way.PHONE, Way.SMS} <= ways_of_step(40)
    assert Way.SMS not in ways_of_step(60)


def test_what_insists_ends_some_time() -> None:
    assert next_round(0) is not None
    assert next_round(MOST_ROUNDS) is None


@pytest.mark.parametrize(
    ("local", "holds"),
    [
        (datetime(2025, 10, 20, 18, 59, tzinfo=UTC), False),
        (datetime(2025, 10, 20, 19, 0, tzinfo=UTC), True),
        (datetime(2025, 10, 21, 6, 59, tzinfo=UTC), True),
        (datetime(2025, 10, 21, 7, 0, tzinfo=UTC), False),
        (datetime(2025, 10, 25, 12, 0, tzinfo=UTC), True),
    ],
)
def test_quiet_hours_go_over_midnight_and_hold_on_whole_days(
    local: datetime, holds: bool
) -> None:
    quiet = Quiet(time(19), time(7), frozenset({5, 6}), For.STANDARD)
    assert is_quiet(quiet, local, is_critical=False) == holds
    assert not is_quiet(quiet, local, is_critical=True)

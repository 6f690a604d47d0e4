"""How urgent a ticket is: the states of a clock, and when they change."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.routing.core.order import Running, State, act_by, rises_at, state_of, turns_at

START = datetime(2025, 10, 20, 8, tzinfo=UTC)
DUE = START + timedelta(hours=1)
BEGIN = DUE - timedelta(minutes=9)
HOUR = Running(START, DUE, BEGIN)


def after(minutes: float) -> datetime:
    return START + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("minutes", "state", "turns"),
    [
        (-1, State.NOT_STARTED, 0),
        (0, State.ON_TRACK, 0),
        (30, State.ON_TRACK, 39),
        (39, State.ON_TRACK, 39),
        (39.1, State.SOON, 51),
        (51, State.SOON, 51),
        (51.1, State.AT_RISK, 60),
        (60, State.AT_RISK, 60),
    ],
)
def test_it_knows_how_a_promise_of_an_hour_stands_and_when_that_changes(
    minutes: float, state: State, turns: float
) -> None:
    assert state_of(HOUR, after(minutes)) == state
    assert turns_at(HOUR, after(minutes)) == after(turns)


def test_it_is_late_after_its_due_time_and_changes_no_more() -> None:
    assert state_of(HOUR, after(60.1)) == State.LATE
    assert turns_at(HOUR, after(60.1)) is None


def test_a_state_is_another_one_just_after_it_turns() -> None:
    at = START - timedelta(minutes=1)
    seen = []
    while turn := turns_at(HOUR, at):
        seen.append(state_of(HOUR, turn))
        at = turn + timedelta(microseconds=1)
        assert state_of(HOUR, at) != seen[-1] or turn == START
    assert state_of(HOUR, at) == State.LATE


def test_an_aim_is_never_late() -> None:
    aim = Running(START, DUE, BEGIN, is_aim=True)
    assert state_of(aim, after(600)) == State.AIM
    assert turns_at(aim, after(600)) is None


def test_work_must_begin_before_a_reply_is_due_and_an_aim_rises_at_four_fifths() -> None:
    assert act_by(DUE, timedelta(minutes=9)) == BEGIN
    assert rises_at(START, START + timedelta(hours=10)) == START + timedelta(hours=8)

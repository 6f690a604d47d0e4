from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from answerable.sla.core.derivation import stretches
from answerable.sla.core.hours import Always, Hours, Span
from answerable.sla.core.ladder import step_instants
from answerable.sla.core.ledger import BrokenLedger, Entry, Outcome, State, Verb, fold

TEN = datetime(2025, 10, 20, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
HALF_PAST, ELEVEN = TEN + 30 * MINUTE, TEN + 60 * MINUTE
STARTED = Entry(Verb.START, TEN, HALF_PAST)
MISSED = Entry(Verb.MISS, HALF_PAST)


def test_it_runs_from_its_start() -> None:
    assert fold([STARTED]) == State(Outcome.RUNNING, TEN, HALF_PAST)


def test_it_is_due_when_it_was_last_moved_to() -> None:
    assert fold([STARTED, Entry(Verb.RETARGET, TEN, ELEVEN)]) == State(
        Outcome.RUNNING, TEN, ELEVEN
    )


@pytest.mark.parametrize(
    ("it", "lines", "state"),
    [
        (
            "is met in time",
            [Entry(Verb.MEET, HALF_PAST)],
            State(Outcome.MET, TEN, HALF_PAST, HALF_PAST, None, HALF_PAST),
        ),
        (
            "is missed and waits for an answer",
            [MISSED],
            State(Outcome.MISSED, TEN, HALF_PAST, None, HALF_PAST),
        ),
        (
            "is missed and answered late",
            [MISSED, Entry(Verb.ANSWER, ELEVEN)],
            State(Outcome.MISSED, TEN, HALF_PAST, None, HALF_PAST, ELEVEN),
        ),
        (
            "was met after all",
            [MISSED, Entry(Verb.ANSWER, ELEVEN), Entry(Verb.CORRECT, TEN)],
            State(Outcome.MET, TEN, HALF_PAST, TEN, None, TEN),
        ),
        (
            "was moved before it was missed",
            [MISSED, Entry(Verb.RETARGET, TEN, ELEVEN)],
            State(Outcome.RUNNING, TEN, ELEVEN),
        ),
        (
            "runs again when the reply came back",
            [Entry(Verb.MEET, TEN), Entry(Verb.REOPEN, ELEVEN)],
            State(Outcome.RUNNING, TEN, HALF_PAST),
        ),
        (
            "waits again when the late reply came back",
            [MISSED, Entry(Verb.ANSWER, ELEVEN), Entry(Verb.REOPEN, ELEVEN)],
            State(Outcome.MISSED, TEN, HALF_PAST, None, HALF_PAST),
        ),
        ("is void", [Entry(Verb.VOID, TEN)], State(Outcome.VOID, TEN, HALF_PAST)),
        ("needs no answer", [Entry(Verb.DISMISS, TEN)], State(Outcome.VOID, TEN, HALF_PAST)),
        (
            "is kept by another clock",
            [Entry(Verb.SUPERSEDE, TEN)],
            State(Outcome.SUPERSEDED, TEN, HALF_PAST),
        ),
        (
            "runs again when the tickets are parted",
            [Entry(Verb.SUPERSEDE, TEN), Entry(Verb.REOPEN, TEN)],
            State(Outcome.RUNNING, TEN, HALF_PAST),
        ),
        (
            "was never begun by a reply that came back",
            [Entry(Verb.MEET, TEN), Entry(Verb.VOID, ELEVEN)],
            State(Outcome.VOID, TEN, HALF_PAST),
        ),
        (
            "counts from a change",
            [Entry(Verb.RETARGET, TEN, ELEVEN, HALF_PAST)],
            State(Outcome.RUNNING, TEN, ELEVEN, counts_from=HALF_PAST),
        ),
        (
            "is moved to a new version",
            [Entry(Verb.MOVE, TEN, ELEVEN)],
            State(Outcome.RUNNING, TEN, ELEVEN),
        ),
    ],
)
def test_it(it: str, lines: list[Entry], state: State) -> None:
    assert fold([STARTED, *lines]) == state, it


PAUSED = Entry(Verb.PAUSE, TEN + 10 * MINUTE)
RESUMED = Entry(Verb.RESUME, TEN + 30 * MINUTE, TEN + 50 * MINUTE)


@pytest.mark.parametrize(
    ("it", "lines", "outcome", "due"),
    [
        ("stands still", [PAUSED], Outcome.PAUSED, 30),
        ("runs on and is due later", [PAUSED, RESUMED], Outcome.RUNNING, 50),
        (
            "was met before it paused",
            [PAUSED, Entry(Verb.MEET, TEN + 5 * MINUTE)],
            Outcome.MET,
            30,
        ),
        (
            "should have run on earlier, which was known late",
            [PAUSED, RESUMED, Entry(Verb.RESUME, TEN + 20 * MINUTE, TEN + 40 * MINUTE)],
            Outcome.RUNNING,
            40,
        ),
        (
            "had never paused",
            [PAUSED, Entry(Verb.RESUME, PAUSED.at, HALF_PAST)],
            Outcome.RUNNING,
            30,
        ),
        ("paused before it was missed", [MISSED, PAUSED], Outcome.PAUSED, 30),
        (
            "is paused again when what met it was taken back",
            [PAUSED, Entry(Verb.MEET, PAUSED.at), Entry(Verb.REOPEN, ELEVEN)],
            Outcome.PAUSED,
            30,
        ),
        (
            "is moved while it stands still",
            [PAUSED, Entry(Verb.RETARGET, ELEVEN, ELEVEN)],
            Outcome.PAUSED,
            60,
        ),
    ],
)
def test_a_pause(it: str, lines: list[Entry], outcome: Outcome, due: int) -> None:
    state = fold([STARTED, *lines])
    assert (state.outcome, state.due_at) == (outcome, TEN + due * MINUTE), it
    assert (state.paused_at is not None) == (outcome == Outcome.PAUSED), it


def test_a_pause_within_a_pause_changes_nothing() -> None:
    inner = Entry(Verb.PAUSE, TEN + 20 * MINUTE)
    assert fold([STARTED, PAUSED, inner]).paused_at == PAUSED.at


@pytest.mark.parametrize(
    ("it", "lines"),
    [
        ("is empty", []),
        ("begins without a start", [Entry(Verb.MEET, TEN)]),
        ("starts without a due time", [Entry(Verb.START, TEN)]),
        ("starts twice", [STARTED, STARTED]),
        ("is met late", [STARTED, Entry(Verb.MEET, ELEVEN)]),
        ("is missed at another instant", [STARTED, Entry(Verb.MISS, ELEVEN)]),
        ("is missed twice", [STARTED, MISSED, MISSED]),
        ("is answered before it was missed", [STARTED, Entry(Verb.ANSWER, ELEVEN)]),
        ("is corrected to a late reply", [STARTED, MISSED, Entry(Verb.CORRECT, ELEVEN)]),
        (
            "is moved after it was missed",
            [STARTED, MISSED, Entry(Verb.RETARGET, ELEVEN, ELEVEN)],
        ),
        ("moves without a due time", [STARTED, Entry(Verb.RETARGET, TEN)]),
        ("is opened again unanswered", [STARTED, Entry(Verb.REOPEN, TEN)]),
        ("is opened again unanswered and late", [STARTED, MISSED, Entry(Verb.REOPEN, ELEVEN)]),
        ("goes on after the end", [STARTED, Entry(Verb.MEET, TEN), MISSED]),
        ("pauses when it is due", [STARTED, Entry(Verb.PAUSE, HALF_PAST)]),
        ("is missed while it stands still", [STARTED, PAUSED, MISSED]),
        ("is met while it stands still", [STARTED, PAUSED, Entry(Verb.MEET, HALF_PAST)]),
        ("resumes without a due time", [STARTED, PAUSED, Entry(Verb.RESUME, ELEVEN)]),
        ("is superseded after it was missed", [STARTED, MISSED, Entry(Verb.SUPERSEDE, ELEVEN)]),
        ("is dismissed after it was missed", [STARTED, MISSED, Entry(Verb.DISMISS, ELEVEN)]),
        ("pauses after it was missed", [STARTED, MISSED, Entry(Verb.PAUSE, ELEVEN)]),
    ],
)
def test_it_is_broken_when_it(it: str, lines: list[Entry]) -> None:
    with pytest.raises(BrokenLedger):
        fold(lines)


def test_it_climbs_at_shares_of_the_promise() -> None:
    steps = step_instants(TEN, 30 * MINUTE, Always(), [0, 25, 50, 80, 100])
    assert [(step - TEN) / MINUTE for step in steps] == [0, 7.5, 15, 24, 30]


def test_it_climbs_in_open_hours_only_and_last_at_the_due_time() -> None:
    office = Hours("UTC", ((("08:00", "17:00"),),) * 5 + ((), ()))
    start = datetime(2025, 10, 24, 16, 30, tzinfo=UTC)  # Friday, half an hour before closing
    monday = datetime(2025, 10, 27, 8, tzinfo=UTC)
    assert step_instants(start + 31 * MINUTE, MINUTE, office, [0]) == [monday]
    hour = timedelta(hours=1)
    steps = step_instants(start, hour, office, [0, 25, 50, 80, 100])
    assert steps[:3] == [start, start + 15 * MINUTE, start + 30 * MINUTE]
    assert steps[3] == monday + 18 * MINUTE
    assert steps[4] == office.due(start, hour)


def test_it_explains_a_due_time_by_stretches_that_add_up_without_gaps() -> None:
    office = Hours("UTC", ((("08:00", "12:00"), ("13:00", "17:00")),) * 5 + ((), ()))
    start, allowed = datetime(2025, 10, 24, 6, tzinfo=UTC), timedelta(hours=10)
    due = office.due(start, allowed)
    steps = stretches(start, due, office.spans(start, due))
    assert [step.counted for step in steps] == [False, True, False, True, False, True]
    assert [step.begin for step in steps[1:]] == [step.end for step in steps[:-1]]
    assert (steps[0].begin, steps[-1].end) == (start, due)
    assert sum((step.length for step in steps), timedelta()) == allowed


def test_it_explains_time_around_the_clock_by_one_stretch() -> None:
    (step,) = stretches(TEN, ELEVEN, Always().spans(TEN, ELEVEN))
    assert (step.begin, step.end, step.counted) == (TEN, ELEVEN, True)


def test_it_shows_closed_time_before_the_due_time_as_closed() -> None:
    steps = stretches(TEN, ELEVEN, [Span(TEN, HALF_PAST)])
    assert [(step.end, step.counted) for step in steps] == [(HALF_PAST, True), (ELEVEN, False)]

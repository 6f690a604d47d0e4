"""What must hold of every ledger: no order that may not matter does."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from answerable.sla.core.hours import Always, Hours
from answerable.sla.core.ledger import (
    BrokenLedger,
    Entry,
    Outcome,
    State,
    Verb,
    fold,
    pauses_of,
)
from answerable.sla.core.pauses import Pause, due_with_pauses

TEN = datetime(2025, 10, 20, 10, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
DUE = TEN + 600 * MINUTE
OFFICE = Hours("Europe/Berlin", ((("08:00", "12:00"), ("13:00", "17:00")),) * 5 + ((), ()))

instants = st.integers(1, 500).map(lambda minutes: TEN + minutes * MINUTE)
marks = st.builds(Entry, st.sampled_from([Verb.PAUSE, Verb.RESUME]), instants)
lines = st.builds(
    Entry,
    st.sampled_from(list(Verb)),
    st.integers(0, 700).map(lambda minutes: TEN + minutes * MINUTE),
    st.sampled_from([None, DUE, DUE + 60 * MINUTE]),
)


def started(due_at: datetime = DUE) -> Entry:
    return Entry(Verb.START, TEN, due_at)


@st.composite
def stood(draw: st.DrawFn) -> list[tuple[datetime, datetime | None]]:
    """Stretches in which a clock stood still, apart from each other; the last may be open."""
    bounds = sorted(draw(st.lists(instants, max_size=8, unique=True)))
    pairs = [(a, b) for a, b in zip(bounds[::2], bounds[1::2], strict=False)]
    is_open = len(bounds) % 2 == 1
    return [*pairs, (bounds[-1], None)] if is_open else list(pairs)


@given(stood(), st.randoms(use_true_random=False))
def test_pauses_count_by_their_instants_in_whatever_order_they_were_recorded(
    stretches: list[tuple[datetime, datetime | None]], chance: object
) -> None:
    recorded = [Entry(Verb.PAUSE, begin) for begin, _ in stretches]
    recorded += [Entry(Verb.RESUME, end, DUE) for _, end in stretches if end]
    in_order = fold([started(), *sorted(recorded, key=lambda entry: entry.at)])
    chance.shuffle(recorded)  # type: ignore[attr-defined]
    shuffled = fold([started(), *recorded])
    assert shuffled.pauses == in_order.pauses == [Pause(a, b) for a, b in stretches]
    assert replace(shuffled, marks=()) == replace(in_order, marks=())


@given(st.lists(lines, max_size=8), st.data())
def test_a_ledger_may_be_folded_in_two_parts(
    recorded: list[Entry], data: st.DataObject
) -> None:
    entries = [started(), *possible(recorded)]
    cut = data.draw(st.integers(1, len(entries)))
    assert fold(entries[cut:], fold(entries[:cut])) == fold(entries)


@given(st.lists(lines, max_size=8))
def test_a_state_says_one_thing(recorded: list[Entry]) -> None:
    state = fold([started(), *possible(recorded)])
    assert (state.outcome == Outcome.MET) == (state.met_at is not None)
    assert (state.outcome == Outcome.MISSED) == (state.missed_at is not None)
    assert (state.outcome == Outcome.PAUSED) == (state.paused_at is not None)
    assert state.missed_at in {None, state.due_at}
    assert state.started_at == TEN


@given(st.lists(marks, max_size=10))
def test_pauses_are_in_order_and_apart_and_not_empty(recorded: list[Entry]) -> None:
    found = pauses_of(recorded)
    assert all(pause.end is None or pause.begin < pause.end for pause in found)
    assert all(one.end is not None and one.end <= other.begin for one, other in pairwise(found))


@given(stood(), st.sampled_from([Always(), OFFICE]))
def test_d_07_the_due_time_in_a_ledger_is_the_one_worked_out_from_its_pauses(
    stretches: list[tuple[datetime, datetime | None]], calendar: Always | Hours
) -> None:
    """As the actions write it: each resume carries the due time with all pauses so far."""
    allowed = timedelta(hours=12)
    entries = [started(calendar.due(TEN, allowed))]
    for begin, end in stretches:
        if begin >= fold(entries).due_at:
            break
        entries.append(Entry(Verb.PAUSE, begin))
        if end:
            so_far = [*fold(entries).pauses[:-1], Pause(begin, end)]
            entries.append(
                Entry(Verb.RESUME, end, due_with_pauses(calendar, TEN, allowed, so_far))
            )
    state = fold(entries)
    ended = [pause for pause in state.pauses if pause.end]
    assert state.due_at == due_with_pauses(calendar, TEN, allowed, ended)


def possible(recorded: list[Entry]) -> list[Entry]:
    """Return those lines that can follow each other, and drop the rest."""
    state: State = fold([started()])
    kept = []
    for entry in recorded:
        try:
            state = fold([entry], state)
        except BrokenLedger:
            continue
        kept.append(entry)
    return kept

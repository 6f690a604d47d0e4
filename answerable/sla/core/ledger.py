"""A clock is a fold over its ledger: nothing about it is true that the ledger does not say.

The lines are folded in the order in which they were recorded. Pauses and resumes alone count
by their instants, in whatever order they were recorded (those of one instant in that order):
news of them may come late, and may then lie before what was recorded meanwhile. The due time is
that of the line recorded last which has one, because who wrote it knew all the others.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from answerable.sla.core.pauses import Pause


class Verb(StrEnum):
    """What can happen to a clock."""

    START = "start"
    PAUSE = "pause"
    RESUME = "resume"
    RETARGET = "retarget"
    MOVE = "move"  # to a new version of its plan
    MEET = "meet"
    MISS = "miss"
    ANSWER = "answer"  # answered after it was missed
    CORRECT = "correct"  # was met in time after all: the news came late
    REOPEN = "reopen"  # what stopped it was taken back
    VOID = "void"  # there is nothing left to be kept
    DISMISS = "dismiss"  # the customer's message needed no answer
    SUPERSEDE = "supersede"  # another clock keeps this promise


class Outcome(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    PAUSED = "paused"
    MET = "met"
    MISSED = "missed"
    VOID = "void"
    SUPERSEDED = "superseded"


UNFINISHED = (Outcome.RUNNING, Outcome.PAUSED)
ENDINGS = {
    Verb.VOID: Outcome.VOID,
    Verb.DISMISS: Outcome.VOID,
    Verb.SUPERSEDE: Outcome.SUPERSEDED,
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what happened, at which instant, and the due time it set.

    `counts_from` is the instant from which the allowance counts, where the line sets another.
    """

    verb: Verb
    at: datetime
    due_at: datetime | None = None
    counts_from: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What the ledger adds up to. `marks` are its pauses and resumes, by their instants.

    While it is paused, `due_at` is when it would be due if this pause were not; the resume sets
    another. `counts_from` is None where the allowance counts from the start.
    """

    outcome: Outcome
    started_at: datetime
    due_at: datetime
    met_at: datetime | None = None
    missed_at: datetime | None = None
    answered_at: datetime | None = None
    paused_at: datetime | None = None
    counts_from: datetime | None = None
    marks: tuple[Entry, ...] = ()

    @property
    def pauses(self) -> list[Pause]:
        """The stretches in which it stood still, in order; the last may have no end."""
        return pauses_of(self.marks)


class BrokenLedger(Exception):
    """The lines cannot have happened in this order."""


def fold(entries: Iterable[Entry], state: State | None = None) -> State:
    """Return the state that the lines add up to, in the order in which they were recorded.

    Lines that were recorded later may be folded onto the `state` of those before. Raises
    BrokenLedger.
    """
    for entry in entries:
        state = _start(entry) if state is None else _step(state, entry)
    if state is None:
        raise BrokenLedger("It is empty.")
    return state


def pauses_of(marks: Iterable[Entry]) -> list[Pause]:
    """Return the stretches between pauses and resumes, by their instants; empty ones are none.

    A pause within a pause and a resume without one change nothing.
    """
    found: list[Pause] = []
    begun: datetime | None = None
    for mark in sorted(marks, key=lambda mark: mark.at):
        if mark.verb == Verb.PAUSE and begun is None:
            begun = mark.at
        elif mark.verb == Verb.RESUME and begun is not None:
            if begun < mark.at:
                found.append(Pause(begun, mark.at))
            begun = None
    return found if begun is None else [*found, Pause(begun, None)]


def _start(entry: Entry) -> State:
    if entry.verb != Verb.START or entry.due_at is None:
        raise BrokenLedger(f"It begins with {entry.verb}.")
    return State(Outcome.RUNNING, entry.at, entry.due_at, counts_from=entry.counts_from)


def _step(state: State, entry: Entry) -> State:
    after: State | None = None
    if state.outcome in UNFINISHED:
        after = _while_unfinished(state, entry)
    elif state.outcome == Outcome.MISSED:
        after = _after_a_miss(state, entry)
    elif entry.verb == Verb.REOPEN:
        after = _unended(state, due_at=entry.due_at or state.due_at)
    elif entry.verb == Verb.VOID and state.outcome == Outcome.MET:
        after = _ended(state, Outcome.VOID)
    if after is None:
        raise BrokenLedger(f"{entry.verb} at {entry.at} cannot follow {state.outcome}.")
    return after


def _while_unfinished(state: State, entry: Entry) -> State | None:
    is_paused = state.outcome == Outcome.PAUSED
    match entry.verb:
        case Verb.RETARGET | Verb.MOVE | Verb.RESUME if entry.due_at:
            return _moved(state, entry)
        case Verb.PAUSE if is_paused or entry.at < state.due_at:
            return _moved(state, entry)
        case Verb.MEET if entry.at <= (state.paused_at or state.due_at):
            return _met(state, entry.at)
        case Verb.MISS if entry.at == state.due_at and not is_paused:
            return replace(state, outcome=Outcome.MISSED, missed_at=entry.at)
        case Verb.VOID | Verb.DISMISS | Verb.SUPERSEDE:
            return _ended(state, ENDINGS[entry.verb])
    return None


def _after_a_miss(state: State, entry: Entry) -> State | None:
    in_time = entry.at <= state.due_at
    unanswered = state.answered_at is None
    match entry.verb:
        case Verb.ANSWER if unanswered and not in_time:
            return replace(state, answered_at=entry.at)
        case Verb.REOPEN if not unanswered:
            return replace(state, answered_at=None)
        case Verb.CORRECT if in_time:
            return _met(state, entry.at)
        case Verb.PAUSE | Verb.RETARGET | Verb.MOVE | Verb.RESUME if unanswered:
            # It was moved before it fell due; the news came after the miss was stamped.
            is_pause = entry.verb == Verb.PAUSE and entry.at < state.due_at
            is_moved = entry.verb != Verb.PAUSE and in_time and entry.due_at
            return _moved(state, entry) if is_pause or is_moved else None
        case Verb.VOID:
            return _ended(state, Outcome.VOID)
    return None


def _ended(state: State, outcome: Outcome) -> State:
    """Return the state as one that was neither kept nor missed."""
    return replace(
        state, outcome=outcome, met_at=None, missed_at=None, answered_at=None, paused_at=None
    )


def _met(state: State, at: datetime) -> State:
    return replace(
        state,
        outcome=Outcome.MET,
        met_at=at,
        missed_at=None,
        answered_at=at,
        paused_at=None,
    )


def _moved(state: State, entry: Entry) -> State:
    """Return the state with another due time, or another pause or resume, or both."""
    is_mark = entry.verb in {Verb.PAUSE, Verb.RESUME}
    after = replace(
        state,
        due_at=entry.due_at or state.due_at,
        counts_from=entry.counts_from or state.counts_from,
        marks=(*state.marks, entry) if is_mark else state.marks,
    )
    return _unended(after, due_at=after.due_at)


def _unended(state: State, *, due_at: datetime) -> State:
    """Return the state as running, or as paused when a pause has no end."""
    pauses = state.pauses
    paused_at = pauses[-1].begin if pauses and pauses[-1].end is None else None
    return replace(
        state,
        outcome=Outcome.PAUSED if paused_at else Outcome.RUNNING,
        due_at=due_at,
        met_at=None,
        missed_at=None,
        answered_at=None,
        paused_at=paused_at,
    )

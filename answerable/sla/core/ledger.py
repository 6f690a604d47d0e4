"""A clock is a fold over its ledger: nothing about it is true that the ledger does not say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum


class Verb(StrEnum):
    """What can happen to a clock."""

    START = "start"
    RETARGET = "retarget"
    MEET = "meet"
    MISS = "miss"
    ANSWER = "answer"  # answered after it was missed
    CORRECT = "correct"  # was met in time after all: the news came late
    VOID = "void"


class Outcome(StrEnum):
    """How a clock stands."""

    RUNNING = "running"
    MET = "met"
    MISSED = "missed"
    VOID = "void"


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: what happened, at which instant, and the due time it set."""

    verb: Verb
    at: datetime
    due_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class State:
    """What the ledger adds up to."""

    outcome: Outcome
    started_at: datetime
    due_at: datetime
    met_at: datetime | None = None
    missed_at: datetime | None = None
    answered_at: datetime | None = None


class BrokenLedger(Exception):
    """The lines cannot have happened in this order."""


def fold(entries: Iterable[Entry]) -> State:
    """Return the state that the lines add up to, in order. Raises BrokenLedger."""
    state: State | None = None
    for entry in entries:
        state = _start(entry) if state is None else _step(state, entry)
    if state is None:
        raise BrokenLedger("It is empty.")
    return state


def _start(entry: Entry) -> State:
    if entry.verb != Verb.START or entry.due_at is None:
        raise BrokenLedger(f"It begins with {entry.verb}.")
    return State(Outcome.RUNNING, entry.at, entry.due_at)


def _step(state: State, entry: Entry) -> State:
    running = state.outcome == Outcome.RUNNING
    missed = state.outcome == Outcome.MISSED
    match entry.verb:
        case Verb.RETARGET if running and entry.due_at:
            return replace(state, due_at=entry.due_at)
        case Verb.MEET if running and entry.at <= state.due_at:
            return replace(state, outcome=Outcome.MET, met_at=entry.at, answered_at=entry.at)
        case Verb.MISS if running and entry.at == state.due_at:
            return replace(state, outcome=Outcome.MISSED, missed_at=entry.at)
        case Verb.ANSWER if missed and state.answered_at is None:
            return replace(state, answered_at=entry.at)
        case Verb.CORRECT if missed and entry.at <= state.due_at:
            return replace(
                state,
                outcome=Outcome.MET,
                met_at=entry.at,
                missed_at=None,
                answered_at=entry.at,
            )
        case Verb.VOID if running or missed:
            return replace(state, outcome=Outcome.VOID)
    raise BrokenLedger(f"{entry.verb} at {entry.at} cannot follow {state.outcome}.")

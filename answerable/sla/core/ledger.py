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
    REOPEN = "reopen"  # what was answered came back undelivered
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
    after: State | None = None
    if state.outcome == Outcome.RUNNING:
        after = _while_running(state, entry)
    elif state.outcome == Outcome.MISSED:
        after = _after_a_miss(state, entry)
    elif state.outcome == Outcome.MET and entry.verb == Verb.REOPEN:
        after = State(Outcome.RUNNING, state.started_at, state.due_at)
    if after is None:
        raise BrokenLedger(f"{entry.verb} at {entry.at} cannot follow {state.outcome}.")
    return after


def _while_running(state: State, entry: Entry) -> State | None:
    match entry.verb:
        case Verb.RETARGET if entry.due_at:
            return replace(state, due_at=entry.due_at)
        case Verb.MEET if entry.at <= state.due_at:
            return replace(state, outcome=Outcome.MET, met_at=entry.at, answered_at=entry.at)
        case Verb.MISS if entry.at == state.due_at:
            return replace(state, outcome=Outcome.MISSED, missed_at=entry.at)
        case Verb.VOID:
            return replace(state, outcome=Outcome.VOID)
    return None


def _after_a_miss(state: State, entry: Entry) -> State | None:
    in_time = entry.at <= state.due_at
    unanswered = state.answered_at is None
    met = State(Outcome.MET, state.started_at, state.due_at, entry.at, None, entry.at)
    match entry.verb:
        case Verb.ANSWER if unanswered and not in_time:
            return replace(state, answered_at=entry.at)
        case Verb.REOPEN if not unanswered:
            return replace(state, answered_at=None)
        case Verb.CORRECT if in_time:
            return met
        case Verb.RETARGET if in_time and unanswered and entry.due_at:
            # It was moved before it fell due; the news came after the miss was stamped.
            return State(Outcome.RUNNING, state.started_at, entry.due_at)
        case Verb.VOID:
            return replace(state, outcome=Outcome.VOID)
    return None

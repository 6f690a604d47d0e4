"""Cases of clocks with pauses: states in, due times and used time out. Pure.

A clock stands while its ticket is in a state that waits, or is closed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from answerable.sla.core.cases import (
    BadCase,
    Case,
    Judged,
    at,
    calendar_of,
    instant,
    needed,
    number,
    shown,
)
from answerable.sla.core.hours import Hours
from answerable.sla.core.pauses import Pause, counted, due_with_pauses
from answerable.sla.core.spans import NeverOpen

CLOSED = "closed"
STANDING = {"pending", "waiting", "hold", "on_hold", "solved", "resolved", CLOSED}
FIRST_RESPONSE = "first_response"
# What stops the clock of a metric for good. A solution may be opened again.
STOPS = {FIRST_RESPONSE, "update"}
UNITS = {"seconds": timedelta(seconds=1), "minutes": timedelta(minutes=1)}
SPANS = {"m": timedelta(minutes=1), "h": timedelta(hours=1)}

RESULT = re.compile(r"(\w+)_(due|used|left)(?:_(minutes|seconds))?")
WINDOW = re.compile(r"used_(minutes|seconds)_(.+)")
FIRST = re.compile(r"first_(\d+)([mh])", re.ASCII)
BETWEEN = re.compile(r"created(?:_plus_(\d+)([mh]))?_to_close(?:_plus_(\d+)([mh]))?", re.ASCII)


def judge_pauses(case: Case) -> Judged:
    """Answer each name that a case expects: when a metric is due, how much of it was used or is
    left, and how much was counted in a window."""
    scenario = _read(case)
    expected = needed(case, "expect")
    if not isinstance(expected, dict):
        raise BadCase("'expect' must be names and values")
    answers = {name: scenario.answer(name) for name in expected}
    same = [_is_same(answers[name], value) for name, value in expected.items()]
    return Judged(
        {name: _shown(answers[name], scenario.calendar) for name in answers}, all(same)
    )


@dataclass(frozen=True, slots=True)
class Scenario:
    """The life of a ticket: when it was made, and what happened to it since."""

    calendar: Hours
    created: datetime
    targets: dict[str, timedelta]
    events: list[tuple[datetime, str]]
    pauses: list[Pause]
    hold: timedelta

    def answer(self, name: str) -> datetime | float | None:
        """Return what a name stands for. Raises BadCase for a name that is not known."""
        if window := WINDOW.fullmatch(name):
            unit, words = window.groups()
            return number(self._counted(*self._window(words), self.pauses), UNITS[unit])
        result = RESULT.fullmatch(name)
        if not result or result[1] not in self.targets:
            raise BadCase(f"{name!r} is nothing that can be answered")
        metric, what, named_unit = result.groups()
        if what == "due":
            return self._due(metric)
        used = self._counted(self.created, self._end(metric), self._pauses_of(metric))
        length = used if what == "used" else self.targets[metric] - used
        return number(length, UNITS[named_unit or "seconds"])

    def _due(self, metric: str) -> datetime | None:
        pauses = self._pauses_of(metric)
        try:
            return due_with_pauses(self.calendar, self.created, self.targets[metric], pauses)
        except NeverOpen:
            return None

    def _pauses_of(self, metric: str) -> list[Pause]:
        """Return what a clock stood still for, until it stopped.

        Of a hold only its length is told: it is open time after the first response.
        """
        end = self._end(metric)
        pauses = [pause for pause in self.pauses if pause.begin < end or metric not in STOPS]
        if self.hold and metric != FIRST_RESPONSE:
            held_until = self.calendar.due(self.created, self.hold)
            pauses.append(Pause(self.created, held_until))
        return pauses

    def _end(self, metric: str) -> datetime:
        """Return when a clock stopped, or the last that is known of it."""
        stops = [at for at, word in self.events if word == metric]
        if metric in STOPS and stops:
            return stops[0]
        return max((at for at, _ in self.events), default=self.created)

    def _counted(self, begin: datetime, end: datetime, pauses: list[Pause]) -> timedelta:
        return counted(self.calendar, begin, end, pauses)

    def _window(self, words: str) -> tuple[datetime, datetime]:
        if first := FIRST.fullmatch(words):
            return self.created, self.created + _span(*first.groups())
        if between := BETWEEN.fullmatch(words):
            after_created, unit, after_close, other = between.groups()
            return (
                self.created + _span(after_created, unit),
                self._closed() + _span(after_close, other),
            )
        raise BadCase(f"{words!r} is no window that can be counted")

    def _closed(self) -> datetime:
        closings = [at for at, word in self.events if word == CLOSED]
        if not closings:
            raise BadCase("the ticket was never closed")
        return closings[-1]


def _read(case: Case) -> Scenario:
    created = at(case, "created")
    try:
        events = [(instant(when), str(word)) for when, word in case.get("events", [])]
        minutes = case.get("targets_minutes", {}).items()
        targets = {str(metric): timedelta(minutes=length) for metric, length in minutes}
        hold = timedelta(seconds=case.get("hold_seconds", 0))
    except (TypeError, ValueError, AttributeError, OverflowError) as error:
        raise BadCase(f"the scenario cannot be read: {error}") from error
    state = str(case.get("state_at_creation", "open"))
    pauses = list(_standing([(created, state), *events]))
    return Scenario(calendar_of(case), created, targets, events, pauses, hold)


def _standing(events: list[tuple[datetime, str]]) -> Iterator[Pause]:
    begun: datetime | None = None
    for when, word in events:
        if word in STOPS:
            continue  # No state: it happened within one.
        if word in STANDING:
            begun = begun or when
        elif begun:
            yield Pause(begun, when)
            begun = None
    if begun:
        yield Pause(begun, None)


def _span(count: str | None, unit: str | None) -> timedelta:
    return int(count) * SPANS[unit] if count and unit else timedelta(0)


def _is_same(answer: datetime | float | None, expected: Any) -> bool:
    if isinstance(answer, datetime):
        return expected is not None and answer == instant(expected)
    return bool(answer == expected)


def _shown(answer: datetime | float | None, calendar: Hours) -> str | float | None:
    return shown(answer, calendar) if isinstance(answer, datetime) else answer

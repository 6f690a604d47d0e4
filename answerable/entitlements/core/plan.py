"""The terms of a plan as values, and how they are read from a document. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import Any

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


class PlanError(Exception):
    """A plan's document says something that cannot be meant; the words say where."""


class Kind(StrEnum):
    """How binding a target is."""

    GUARANTEE = "guarantee"
    AIM = "aim"


@dataclass(frozen=True, slots=True)
class CalendarTerms:
    """When a clock runs: always, or in weekly hours of a zone ("HH:MM", "HH:MM") a weekday."""

    key: str
    name: str
    zone: str
    always: bool
    weekly: tuple[tuple[tuple[str, str], ...], ...]


@dataclass(frozen=True, slots=True)
class Requester:
    """A class of people: each fact that is named must hold."""

    key: str
    name: str
    role: str | None
    designated: bool
    seat: str | None


@dataclass(frozen=True, slots=True)
class Channel:
    """A way in, and the surfaces and languages it is offered on; none named means all."""

    key: str
    name: str
    surfaces: tuple[str, ...]
    languages: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Target:
    """One row of the plan: for whom, on which channel, how fast, how binding."""

    key: str
    metric: str
    severity: str | None
    requester: str
    channels: tuple[str, ...]
    within: timedelta
    calendar: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Phrase:
    """A choice of the rubric: its key, and what it says."""

    key: str
    says: str


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the ladder: at which per cent of the promise which roles are told."""

    percent: int
    tell: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Terms:
    """Everything that a version of a plan promises, and to whom."""

    key: str
    name: str
    languages: tuple[str, ...]
    products: frozenset[str]
    tier: str | None
    calendars: Mapping[str, CalendarTerms]
    requesters: Mapping[str, Requester]
    channels: Mapping[str, Channel]
    targets: tuple[Target, ...]
    triage_share: float
    rubric: tuple[Phrase, ...]
    not_critical: tuple[Phrase, ...]
    ladder: tuple[Step, ...]
    handling: Mapping[str, timedelta] = field(default_factory=dict)

    def target(self, key: str) -> Target:
        """Return the target with this key. Raises KeyError for an unknown one."""
        return {target.key: target for target in self.targets}[key]


def read_terms(document: Mapping[str, Any]) -> Terms:
    """Return the terms that a document states. Raises PlanError, which says what is wrong."""
    try:
        terms = _read(document)
    except KeyError as missing:
        raise PlanError(f"The plan lacks {missing.args[0]!r}.") from missing
    _check(terms)
    return terms


def duration(words: str) -> timedelta:
    """Return "30m", "1h", "1h30m", "45s" or "2d" as a duration; a day is 24 hours.

    Raises PlanError for anything else.
    """
    parts = re.findall(r"(\d+)([smhd])", words)
    if not parts or "".join(number + unit for number, unit in parts) != words.replace(" ", ""):
        raise PlanError(f"{words!r} is not a duration like 30m, 1h or 1h30m.")
    return timedelta(seconds=sum(int(number) * UNITS[unit] for number, unit in parts))


def _read(document: Mapping[str, Any]) -> Terms:
    prerequisite = document.get("prerequisite", {})
    triage = document.get("triage", {})
    return Terms(
        key=document["key"],
        name=document["name"],
        languages=tuple(document.get("languages", [])),
        products=frozenset(prerequisite.get("products", [])),
        tier=prerequisite.get("tier"),
        calendars={key: _calendar(key, row) for key, row in document["calendars"].items()},
        requesters={key: _requester(key, row) for key, row in document["requesters"].items()},
        channels={key: _channel(key, row) for key, row in document["channels"].items()},
        targets=tuple(_target(row) for row in document["targets"]),
        triage_share=float(triage.get("share", 0.5)),
        rubric=_phrases(triage.get("rubric", [])),
        not_critical=_phrases(triage.get("not_critical", [])),
        ladder=tuple(_step(row) for row in document.get("ladder", [])),
        handling={k: duration(v) for k, v in document.get("handling", {}).items()},
    )


def _calendar(key: str, row: Mapping[str, Any]) -> CalendarTerms:
    weekly = tuple(tuple(_interval(words) for words in row.get(day, [])) for day in DAYS)
    return CalendarTerms(
        key=key,
        name=row.get("name", key),
        zone=row["zone"],
        always=bool(row.get("always")),
        weekly=weekly,
    )


def _interval(words: str) -> tuple[str, str]:
    found = re.fullmatch(
        r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", words
    )
    if not found:
        raise PlanError(f"{words!r} is not an interval like 08:00-17:00.")
    begin, end = words.split("-")
    if end <= begin:
        raise PlanError(f"{words!r} ends before it begins. Split it at midnight.")
    return begin, end


def _requester(key: str, row: Mapping[str, Any]) -> Requester:
    return Requester(
        key=key,
        name=row.get("name", key),
        role=row.get("role"),
        designated=bool(row.get("designated")),
        seat=row.get("seat"),
    )


def _channel(key: str, row: Mapping[str, Any]) -> Channel:
    return Channel(
        key=key,
        name=row.get("name", key),
        surfaces=tuple(row.get("surfaces", [])),
        languages=tuple(row.get("languages", [])),
    )


def _target(row: Mapping[str, Any]) -> Target:
    return Target(
        key=row["key"],
        metric=row["metric"],
        severity=row.get("severity"),
        requester=row["requester"],
        channels=tuple(row.get("channels", [])),
        within=duration(row["within"]),
        calendar=row["calendar"],
        kind=Kind(row["kind"]),
    )


def _phrases(rows: Sequence[Mapping[str, str]]) -> tuple[Phrase, ...]:
    return tuple(Phrase(row["key"], row["says"]) for row in rows)


def _step(row: Mapping[str, Any]) -> Step:
    return Step(percent=int(row["at"]), tell=tuple(row["tell"]))


def _check(terms: Terms) -> None:
    for target in terms.targets:
        if target.calendar not in terms.calendars:
            raise PlanError(
                f"Target {target.key!r} names no known calendar: {target.calendar}."
            )
        if target.requester not in terms.requesters:
            raise PlanError(f"Target {target.key!r} is for nobody known: {target.requester}.")
        for channel in target.channels:
            if channel not in terms.channels:
                raise PlanError(f"Target {target.key!r} names no known channel: {channel}.")
    if not 0 < terms.triage_share <= 1:
        raise PlanError("The triage share must be more than 0 and at most 1.")

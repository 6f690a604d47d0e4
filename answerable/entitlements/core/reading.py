"""Reads the terms of a plan from a document, such as a TOML file. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from answerable.entitlements.core.clause_reading import read_exceptions, read_remedies
from answerable.entitlements.core.plan import (
    CalendarTerms,
    Channel,
    Kind,
    Phrase,
    PlanError,
    Requester,
    Step,
    Target,
    Terms,
)
from answerable.entitlements.core.rows import Row
from answerable.entitlements.core.sense import check

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}
LONGEST_KEY = 40


def read_terms(document: Mapping[str, Any]) -> Terms:
    """Return the terms that a document states. Raises PlanError, which says what is wrong."""
    plan = Row("the plan", document)
    terms = _read(plan)
    plan.end()
    check(terms)
    return terms


def duration(words: str) -> timedelta:
    """Return "30m", "1h", "1h30m", "45s" or "2d" as a duration; a day is 24 hours.

    Raises PlanError for anything else.
    """
    parts = re.findall(r"(\d{1,6})([smhd])", words)
    if not parts or "".join(number + unit for number, unit in parts) != words.replace(" ", ""):
        raise PlanError(f"{words!r} is not a duration like 30m, 1h or 1h30m.")
    return timedelta(seconds=sum(int(number) * UNITS[unit] for number, unit in parts))


def _read(plan: Row) -> Terms:
    prerequisite, triage = plan.row("prerequisite"), plan.row("triage")
    terms = Terms(
        key=plan.text("key", most=LONGEST_KEY),
        name=plan.text("name", most=100),
        languages=plan.texts("languages"),
        products=frozenset(prerequisite.texts("products")),
        tier=prerequisite.text_or_none("tier"),
        calendars={key: _calendar(key, row) for key, row in plan.named("calendars").items()},
        requesters={key: _requester(key, row) for key, row in plan.named("requesters").items()},
        channels={key: _channel(key, row) for key, row in plan.named("channels").items()},
        targets=tuple(_target(row) for row in plan.rows("targets")),
        triage_share=triage.number("share", 0.5),
        rubric=_phrases(triage, "rubric"),
        not_critical=_phrases(triage, "not_critical"),
        ladder=tuple(_step(row) for row in plan.rows("ladder")),
        handling=_handling(plan.row("handling")),
        exceptions=read_exceptions(plan),
        remedies=read_remedies(plan, duration),
    )
    prerequisite.end()
    triage.end()
    return terms


def _calendar(key: str, row: Row) -> CalendarTerms:
    calendar = CalendarTerms(
        key=key,
        name=row.text("name", key),
        zone=_zone(row),
        always=row.yes("always"),
        weekly=tuple(tuple(_interval(words) for words in row.texts(day)) for day in DAYS),
    )
    row.end()
    return calendar


def _zone(row: Row) -> str:
    zone = row.text("zone")
    try:
        return ZoneInfo(zone).key
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise row.wrong(f"{zone!r} is no time zone like Europe/Berlin.") from None


def _interval(words: str) -> tuple[str, str]:
    found = re.fullmatch(
        r"([01]\d|2[0-3]):([0-5]\d)-(?:([01]\d|2[0-3]):([0-5]\d)|24:00)", words, re.ASCII
    )
    if not found:
        raise PlanError(f"{words!r} is not an interval like 08:00-17:00.")
    begin, end = words.split("-")
    if end <= begin:
        raise PlanError(f"{words!r} ends before it begins. Split it at midnight.")
    return begin, end


def _requester(key: str, row: Row) -> Requester:
    requester = Requester(
        key=key,
        name=row.text("name", key),
        role=row.text_or_none("role"),
        designated=row.yes("designated"),
        seat=row.text_or_none("seat"),
    )
    row.end()
    return requester


def _channel(key: str, row: Row) -> Channel:
    channel = Channel(
        key=key,
        name=row.text("name", key),
        surfaces=row.texts("surfaces"),
        languages=row.texts("languages"),
    )
    row.end()
    return channel


def _target(row: Row) -> Target:
    kind = row.text("kind")
    if kind not in set(Kind):
        raise row.wrong(f"'kind' must be one of {', '.join(Kind)}.")
    target = Target(
        key=row.text("key", most=LONGEST_KEY),
        metric=row.text("metric"),
        severity=row.text("severity", most=LONGEST_KEY) if "severity" in row.names() else None,
        requester=row.text("requester"),
        channels=row.texts("channels"),
        within=duration(row.text("within")),
        calendar=row.text("calendar"),
        kind=Kind(kind),
    )
    row.end()
    return target


def _phrases(triage: Row, key: str) -> tuple[Phrase, ...]:
    phrases = []
    for row in triage.rows(key):
        phrases.append(Phrase(row.text("key", most=LONGEST_KEY), row.text("says")))
        row.end()
    return tuple(phrases)


def _step(row: Row) -> Step:
    percent, tell = row.number("at"), row.texts("tell")
    row.end()
    if percent != int(percent) or not tell:
        raise row.wrong("A step needs a whole per cent 'at' which it tells somebody.")
    return Step(percent=int(percent), tell=tell)


def _handling(row: Row) -> dict[str, timedelta]:
    usual = {severity: duration(row.text(severity)) for severity in row.names()}
    row.end()
    return usual

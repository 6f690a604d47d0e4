"""Reads the terms of a plan from a document, such as a TOML file. Pure.

All that is wrong is found at once. docs/plans.md has every name that a document may say.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, TypeVar

from answerable.entitlements.core import clause_reading as clauses
from answerable.entitlements.core.calendar_reading import parts_first, read_calendar
from answerable.entitlements.core.calendars import CalendarTerms
from answerable.entitlements.core.calls import read_calls
from answerable.entitlements.core.chat_policy import read_chat_policy
from answerable.entitlements.core.findings import Finding, Findings, PlanRefused
from answerable.entitlements.core.holiday_reading import read_holidays
from answerable.entitlements.core.plan import (
    Channel,
    PlanError,
    Requester,
    Terms,
)
from answerable.entitlements.core.rows import LONGEST_KEY, Row
from answerable.entitlements.core.sense import check
from answerable.entitlements.core.silence import read_silence
from answerable.entitlements.core.survey import read_survey
from answerable.entitlements.core.target_reading import read_target

FORTNIGHT = timedelta(days=14)
LONGEST_ADDRESS, LONGEST_STORY, LONGEST_NUMBER = 500, 5000, 40
Read = TypeVar("Read")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a document says, and all that is wrong with it. Its terms hold without errors."""

    terms: Terms
    findings: tuple[Finding, ...]

    @property
    def errors(self) -> tuple[Finding, ...]:
        """What refuses the plan."""
        return tuple(finding for finding in self.findings if finding.is_error)


def examine(document: object) -> Reading:
    """Return the terms of a document, with everything that cannot be meant or hardly can."""
    findings = Findings()
    terms = _read(Row("the plan", document, (), findings))
    check(terms, findings)
    return Reading(terms, findings.found)


def read_terms(document: Mapping[str, Any]) -> Terms:
    """Return the terms that a document states. Raises PlanRefused, which says what is wrong."""
    reading = examine(document)
    if reading.errors:
        raise PlanRefused(reading.findings)
    return reading.terms


def published_terms(document: Mapping[str, Any]) -> Terms:
    """Return the terms of a document that was published.

    It made sense then. A rule that came later must not keep its customers from sending.
    """
    findings = Findings()
    terms = _read(Row("the plan", document, (), findings))
    if findings.found:
        raise PlanRefused(findings.found)
    return terms


def _read(plan: Row) -> Terms:
    prerequisite, triage = plan.row("prerequisite"), plan.row("triage")
    terms = Terms(
        key=_key(plan),
        name=plan.text("name", most=100),
        languages=plan.texts("languages"),
        products=frozenset(prerequisite.texts("products")),
        tier=prerequisite.text_or_none("tier"),
        calendars=read_calendars(plan),
        requesters=_each(plan.named("requesters"), _requester),
        channels=_each(plan.named("channels"), _channel),
        targets=tuple(map(read_target, plan.rows("targets"))),
        triage_share=clauses.read_triage_share(triage),
        rubric=clauses.read_phrases(triage, "rubric"),
        not_critical=clauses.read_phrases(triage, "not_critical"),
        ladder=tuple(map(clauses.read_step, plan.rows("ladder"))),
        handling=clauses.read_handling(plan.row("handling")),
        severities=clauses.read_severities(plan),
        pauses=clauses.read_pauses(plan),
        response=clauses.read_response(plan.row("response")),
        exceptions=tuple(map(clauses.read_exception, plan.rows("exceptions"))),
        reclassification=clauses.read_reclassification(plan.row("reclassification")),
        remedies=tuple(map(clauses.read_remedy, plan.rows("remedies"))),
        examples=tuple(map(clauses.read_example, plan.rows("examples"))),
        reopen_window=plan.length_or_none("reopen_window") or FORTNIGHT,
        naming=clauses.read_naming(plan.row("designation")),
        calls=read_calls(plan.row("calls")),
        chats=read_chat_policy(plan.row("chats")),
        silence=read_silence(plan.row("silence")),
        survey=read_survey(plan),
        terms_url=plan.text_or_none("terms_url", most=LONGEST_ADDRESS) or "",
        changelog=plan.text_or_none("changelog", most=LONGEST_STORY) or "",
    )
    for row in (prerequisite, triage, plan):
        row.end()
    return terms


def _key(plan: Row) -> str:
    key = plan.text("key", most=LONGEST_KEY)
    if key and not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", key):
        plan.note(
            "key", "'{key}' may have small letters, digits, - and _ only: {word}.", word=key
        )
    return key


def _each(rows: Mapping[str, Row], read: Callable[[str, Row], Read]) -> dict[str, Read]:
    """Return what was read of each table, by name; without those that could not be read."""
    found = {}
    for key, row in rows.items():
        if not 0 < len(key) <= LONGEST_KEY:
            pattern = "In {place}: a name has 1 to {most} characters."
            row.findings.error(row.path, pattern, place=row.place, most=LONGEST_KEY)
        try:
            found[key] = read(key, row)
        except PlanError as error:
            if not row.is_broken:
                row.findings.caught(error.path or row.path, error)
        else:
            row.end()
    return found


def read_calendars(plan: Row) -> dict[str, CalendarTerms]:
    """Return the calendars of a plan by their keys; without those that could not be read."""
    sets = _each(plan.named("holidays", optional=True), read_holidays)
    rows = plan.named("calendars")
    known: dict[str, CalendarTerms] = {}

    def read(key: str, row: Row) -> CalendarTerms:
        return read_calendar(key, row, sets, known)

    for key in parts_first(rows):
        known |= _each({key: rows[key]}, read)
    return {key: known[key] for key in rows if key in known}


def _requester(key: str, row: Row) -> Requester:
    return Requester(
        key=key,
        name=row.text("name", key),
        role=row.text_or_none("role"),
        designated=row.yes("designated"),
        seat=row.text_or_none("seat"),
    )


def _channel(key: str, row: Row) -> Channel:
    return Channel(
        key=key,
        name=row.text("name", key),
        surfaces=row.texts("surfaces"),
        languages=row.texts("languages"),
        hours=row.text_or_none("hours"),
        number=row.text_or_none("number", most=LONGEST_NUMBER),
        countries=row.texts("countries"),
    )

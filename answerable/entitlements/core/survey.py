"""What a plan says of asking customers how it did, once a request is resolved. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from answerable.entitlements.core.findings import Findings
from answerable.entitlements.core.rows import Row

if TYPE_CHECKING:
    from answerable.entitlements.core.plan import Terms

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
LONGEST_WAIT, LONGEST_OPEN = 30 * DAY, 90 * DAY
LONGEST_QUESTION = 200
# How many answers a scale has, from the worst, 1, to the best.
SCALES: Mapping[str, int] = {"two": 2, "three": 3, "five": 5}
LENGTHS = ("after", "every", "open_for")
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})?")


@dataclass(frozen=True, slots=True)
class Survey:
    """Who is asked how it went, when, and in which words; docs/plans.md says what each does.

    `question` is by language, ours where there is none. `every`: nobody is asked again sooner.
    """

    ask: bool = False
    after: timedelta = HOUR
    scale: str = "five"
    question: Mapping[str, str] = field(default_factory=dict)
    comment: bool = True
    every: timedelta = 30 * DAY
    open_for: timedelta = 14 * DAY
    after_silence: bool = False
    lead: bool = True


def read_survey(plan: Row) -> Survey:
    """Return what the table `[survey]` says. Without it nobody is asked; with it people are,
    unless it says otherwise."""
    if "survey" not in plan.names():
        return Survey()
    row = plan.row("survey")
    usual = Survey()
    survey = Survey(
        ask=row.yes("ask", default=True),
        after=_length(row, "after", usual.after),
        scale=row.one_of("scale", SCALES, usual.scale),
        question=_question(row),
        comment=row.yes("comment", default=usual.comment),
        every=_length(row, "every", usual.every),
        open_for=_length(row, "open_for", usual.open_for),
        after_silence=row.yes("after_silence"),
        lead=row.yes("lead", default=usual.lead),
    )
    row.end()
    return survey


def check_survey(terms: Terms, findings: Findings) -> None:
    """Note what of it cannot be meant."""
    survey = terms.survey
    if survey.after > LONGEST_WAIT:
        findings.error(
            ("survey", "after"), "Nobody remembers it by then.", "Write 30 days or less."
        )
    if survey.every < DAY:
        findings.error(
            ("survey", "every"),
            "People would be asked again on the same day.",
            "Write 1d or more.",
        )
    if not DAY <= survey.open_for <= LONGEST_OPEN:
        findings.error(
            ("survey", "open_for"),
            "An answer is taken for a day at least, and for 90 days at most.",
        )
    if survey.lead and not survey.comment:
        findings.warn(
            ("survey",),
            "Without a comment nobody can ask for a lead.",
            "Write 'lead = false', or leave out 'comment'.",
        )


def _length(row: Row, key: str, usual: timedelta) -> timedelta:
    length = row.length_or_none(key)
    return usual if length is None else length


def _question(row: Row) -> Mapping[str, str]:
    """Return the question by language."""
    table = row.row("question")
    said = {}
    for language in table.names():
        said[language] = table.text(language, most=LONGEST_QUESTION).strip()
        if not LANGUAGE.fullmatch(language):
            table.note(language, "'{key}' is no language. Write one such as en or pt-BR.")
    table.end()
    return said


def survey_as_json(survey: Survey) -> dict[str, Any]:
    """Return it as plain values: lengths in seconds."""
    values = {one.name: getattr(survey, one.name) for one in fields(Survey)}
    lengths = {name: values[name].total_seconds() for name in LENGTHS}
    return values | lengths | {"question": dict(survey.question)}


def survey_from_json(stored: Mapping[str, Any]) -> Survey:
    """Return what was stored; what it does not say has its default."""
    known = {one.name: stored[one.name] for one in fields(Survey) if one.name in stored}
    lengths = {name: timedelta(seconds=known[name]) for name in LENGTHS if name in known}
    return Survey(**(known | lengths))

"""A draft as its page shows it: what is wrong with it, its times as cells, and a preview."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, tzinfo
from itertools import groupby

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from answerable.entitlements.core.clauses import Example
from answerable.entitlements.core.findings import Finding
from answerable.entitlements.core.plan import Target, Terms
from answerable.entitlements.core.times_of_day import DAYS
from answerable.entitlements.models import PlanVersion
from answerable.lib import times
from answerable.office.cells import cells_of
from answerable.office.hour_cells import HourCell, hour_cells
from answerable.office.queries.asking import Question, question
from answerable.office.queries.versions import ExampleRow, example_row
from answerable.office.words import METRICS, severity_name, way_words, word
from answerable.sla.checking import Checked
from answerable.sla.preview import Case, cases, due_of
from answerable.sla.preview_words import case_words, due_words
from answerable.sla.trial_words import derivation
from answerable.sla.trying import Request, Trial, answer, try_plan
from answerable.sla.words import said

SAME, LATER, EARLIER, GAINED, LOST = "same", "later", "earlier", "gained", "lost"


@dataclass(frozen=True, slots=True)
class CellRow:
    """A target's time to be changed, beside what the target is for."""

    key: str
    words: str
    shown: str
    problem: str
    metric: str
    severity: str
    requester: str
    way: str
    calendar: str


@dataclass(frozen=True, slots=True)
class DayRow:
    """The hours of a day to be changed, or of all working days at once."""

    key: str
    words: str
    shown: str
    problem: str
    name: str
    differ: bool


Field = CellRow | DayRow


@dataclass(frozen=True, slots=True)
class HourRow:
    """A calendar's week to be changed: its working days and its weekend, then day by day."""

    key: str
    name: str
    zone: str
    week: list[DayRow]
    days: list[DayRow]

    @property
    def is_uneven(self) -> bool:
        """Whether its working days are not alike, or one of them is wrong."""
        return any(day.differ for day in self.week) or any(day.problem for day in self.days)


@dataclass(frozen=True, slots=True)
class Answered:
    """When the made-up request is due under a version, and why."""

    title: str
    due: str
    why: str


@dataclass(frozen=True, slots=True)
class CaseRow:
    """A case with its due times before and after, and which way it moved."""

    words: str
    before: str
    after: str
    change: str


@dataclass(frozen=True, slots=True)
class Preview:
    """What a draft makes of the made-up request, of the cases, and of its examples."""

    answers: list[Answered]
    problem: str
    cases: list[tuple[str, list[CaseRow]]]
    examples: list[ExampleRow]


def cell_rows(text: str, terms: Terms | None, unread: Mapping[str, str]) -> list[CellRow]:
    """Return the times of a text; of what was written and is no time, what to write instead."""
    targets = {target.key: target for target in terms.targets} if terms else {}
    return [
        _cell_row(cell.key, cell.words, terms, targets.get(cell.key), unread)
        for cell in cells_of(text)
    ]


def hour_rows(text: str, terms: Terms | None, unread: Mapping[str, str]) -> list[HourRow]:
    """Return the weekly hours of each calendar of a text that is written as a week."""
    rows = groupby(hour_cells(text), key=lambda cell: cell.calendar)
    return [_hour_row(key, list(cells), terms, unread) for key, cells in rows]


def fields(hours: list[HourRow], cells: list[CellRow]) -> list[Field]:
    """Return every field beside the text, in the order of the page."""
    found: list[Field] = [day for row in hours for day in (*row.week, *row.days)]
    return found + list(cells)


def marks(findings: tuple[Finding, ...]) -> dict[int, str]:
    """Return which lines have findings: "warning", or "error" where one refuses the plan."""
    found: dict[int, str] = {}
    for finding in findings:
        if finding.line and found.get(finding.line) != "error":
            found[finding.line] = "error" if finding.is_error else "warning"
    return found


def asked_of(
    terms: Terms | None, posted: Mapping[str, str], home: tzinfo, at: datetime
) -> Question | None:
    """Return what was asked; None while there are no terms to ask."""
    return question(terms, posted, home, at) if terms else None


def preview(
    checked: Checked, base: PlanVersion | None, asked: Question | None, at: datetime
) -> Preview | None:
    """Return the preview of a draft; None while its text cannot be read as a plan."""
    if checked.terms is None or asked is None:
        return None
    terms, old = checked.terms, base.terms if base else None
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    return Preview(
        answers=_answers(terms, base, asked.request) if asked.request else [],
        problem=asked.problem,
        cases=[
            (row_title(terms, key), [_case(old, terms, case) for case in of_row])
            for key, of_row in groupby(cases(terms, today), key=lambda case: case.row)
        ],
        examples=[example_row(trial) for trial in try_plan(terms)],
    )


def row_title(terms: Terms, key: str) -> str:
    """Return what a row is for, as a heading: “First reply, standard, Super Admin”."""
    target = terms.target(key)
    who = said(terms.requesters[target.requester].name)
    return ", ".join((word(METRICS, target.metric), severity_name(terms, target), who))


def _cell_row(
    key: str, words: str, terms: Terms | None, target: Target | None, unread: Mapping[str, str]
) -> CellRow:
    known = bool(terms and target)
    return CellRow(
        key=key,
        words=words,
        shown=unread.get(key, words),
        problem=_problem(unread[key], terms, target) if key in unread else "",
        metric=word(METRICS, target.metric) if target else key,
        severity=severity_name(terms, target) if terms and target else "",
        requester=said(terms.requesters[target.requester].name) if terms and target else "",
        way=way_words(terms, target) if terms and target else "",
        calendar=capfirst(said(terms.calendars[target.calendar].name))
        if known and terms and target
        else "",
    )


def _hour_row(
    key: str, cells: list[HourCell], terms: Terms | None, unread: Mapping[str, str]
) -> HourRow:
    calendar = terms.calendars.get(key) if terms else None
    rows = [_day_row(cell, unread) for cell in cells]
    return HourRow(
        key=key,
        name=capfirst(said(calendar.name)) if calendar else key,
        zone=calendar.zone if calendar else "",
        week=rows[:3],
        days=rows[3:],
    )


def _day_row(cell: HourCell, unread: Mapping[str, str]) -> DayRow:
    names = dict(zip(DAYS, times.names()["weekdays"], strict=True))
    return DayRow(
        key=cell.key,
        words=cell.words,
        shown=unread.get(cell.key, cell.words),
        problem=_("Enter hours like 08:00-17:00") if cell.key in unread else "",
        name=names.get(cell.day)
        or _("{first} to {last}").format(first=names["mon"], last=names["fri"]),
        differ=cell.differ,
    )


def _problem(typed: str, terms: Terms | None, target: Target | None) -> str:
    if typed:
        return _("Enter a time like 30 min, 4 h or 1 working day")
    parts = []
    if terms and target:
        parts = [severity_name(terms, target)] if target.severity else []
        parts += [channel.replace("_", " ") for channel in target.channels]
    what = " ".join(parts) or (word(METRICS, target.metric) if target else "")
    return _("Enter a time for {what}, like 1 h").format(what=what)


def _answers(terms: Terms, base: PlanVersion | None, request: Request) -> list[Answered]:
    found = [_answered(_("Draft"), terms, request)]
    if base is None:
        return found
    return [_answered(f"v{base.number}", base.terms, request), *found]


def _answered(title: str, terms: Terms, request: Request) -> Answered:
    if request.requester not in ("", "stranger", *terms.requesters):
        return Answered(title, due_words(None), _("This version has no such people."))
    made = answer(terms, request)
    due_at = made.due_at.astimezone(request.start.tzinfo) if made.due_at else None
    example = Example(says="", start="", due="none", metric=request.metric)
    why = derivation(Trial(example, request.start, None, made), terms)
    return Answered(title, due_words(due_at), "\n".join(why))


def _case(old: Terms | None, new: Terms, case: Case) -> CaseRow:
    before = due_of(old, case) if old else None
    after = due_of(new, case)
    change = _change(before, after) if old else ""
    return CaseRow(case_words(case), due_words(before), due_words(after), change)


def _change(before: datetime | None, after: datetime | None) -> str:
    if before == after:
        return SAME
    if before is None or after is None:
        return GAINED if before is None else LOST
    return LATER if after > before else EARLIER

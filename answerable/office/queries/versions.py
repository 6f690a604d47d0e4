"""A version of a plan as a page: what it promises, its rules, its examples, its history."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from django.utils import dateformat
from django.utils.text import capfirst
from django.utils.timezone import get_current_timezone
from django.utils.translation import gettext as _

from answerable.accounts.models import Customer
from answerable.entitlements.core.changes import Change, changes, in_words
from answerable.entitlements.core.plan import Severity, Target, Terms
from answerable.entitlements.models import Plan, PlanVersion
from answerable.office.queries.calendars import CalendarPart, calendars_of
from answerable.office.queries.plans import customers_using
from answerable.office.words import (
    KINDS,
    METRICS,
    SECTIONS,
    SET_BY,
    STATES,
    pause_words,
    remedy_words,
    roles_words,
    severity_name,
    way_words,
    word,
)
from answerable.sla.preview_words import due_words, moment_words
from answerable.sla.trying import Trial, try_plan
from answerable.sla.words import allowed_words, said

ARROW = "\N{RIGHTWARDS ARROW}"
MOST_NAMED = 3


@dataclass(frozen=True, slots=True)
class TargetRow:
    """A row of the matrix in words."""

    key: str
    metric: str
    severity: str
    requester: str
    way: str
    within: str
    kind: str
    is_guarantee: bool
    more: str


@dataclass(frozen=True, slots=True)
class SeverityRow:
    """A severity with what it is, and what it is not."""

    severity: Severity
    name: str
    about: str


@dataclass(frozen=True, slots=True)
class ExampleRow:
    """An example, and whether the plan makes of it what it says."""

    says: str
    start: str
    expected: str
    due: str
    is_right: bool


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """What a version says otherwise."""

    what: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class LogLine:
    """A version in the history: the sentence about it."""

    version: PlanVersion
    words: str


@dataclass(frozen=True, slots=True)
class VersionPage:
    """All that is shown of a version."""

    version: PlanVersion
    terms: Terms
    is_newest: bool
    targets: list[TargetRow]
    severities: list[SeverityRow]
    calendars: list[CalendarPart]
    rules: list[tuple[str, list[tuple[str, str]]]]
    examples: list[ExampleRow]
    history: list[LogLine]
    customers: list[Customer]


def version_page(plan: Plan, number: int | None, at: datetime) -> VersionPage:
    """Return a version of a plan, the newest where none is named.

    Raises PlanVersion.DoesNotExist for a number that there is not.
    """
    versions = list(plan.versions.select_related("plan", "published_by").order_by("-number"))
    chosen = [one for one in versions if number in (None, one.number)]
    if not chosen:
        raise PlanVersion.DoesNotExist
    terms = chosen[0].terms
    return VersionPage(
        version=chosen[0],
        terms=terms,
        is_newest=chosen[0] == versions[0],
        targets=[target_row(terms, target) for target in terms.targets],
        severities=_severities(terms),
        calendars=calendars_of(terms, at),
        rules=[(title, rows) for title, rows in _rules(terms) if rows],
        examples=[example_row(trial) for trial in try_plan(terms)],
        history=[_line(one, _before(one, versions)) for one in versions],
        customers=customers_using(plan, at),
    )


def target_row(terms: Terms, target: Target) -> TargetRow:
    """Return a row of the matrix in words."""
    return TargetRow(
        key=target.key,
        metric=word(METRICS, target.metric),
        severity=severity_name(terms, target),
        requester=said(terms.requesters[target.requester].name),
        way=way_words(terms, target),
        within=allowed_words(terms, target),
        kind=word(KINDS, target.kind.value),
        is_guarantee=target.kind == "guarantee",
        more="; ".join(_more(target)),
    )


def example_row(trial: Trial) -> ExampleRow:
    """Return an example with what the plan makes of it."""
    zone = trial.start.tzinfo
    due_at = trial.answer.due_at
    return ExampleRow(
        says=trial.example.says,
        start=moment_words(trial.start),
        expected=due_words(trial.expected),
        due=due_words(due_at.astimezone(zone) if due_at else None),
        is_right=trial.is_right,
    )


def change_rows(old: Terms, new: Terms) -> list[tuple[str, list[ChangeRow]]]:
    """Return what one version says otherwise than another, by section, in words."""
    sections: dict[str, list[ChangeRow]] = {}
    for change in changes(old, new):
        title = capfirst(word(SECTIONS, change.what[0]))
        sections.setdefault(title, []).append(_row(change))
    return list(sections.items())


def sentence(version: PlanVersion, before: PlanVersion | None) -> str:
    """Return “Ida changed Premium v7 → v8: within 1 h → 30 min. Applies from 1 Nov. …”."""
    zone = get_current_timezone()
    from_ = version.effective_from.astimezone(zone)
    values = {
        "name": version.published_by.name if version.published_by else _("The command line"),
        "plan": version.plan.name,
        "to": version.number,
        "day": moment_words(from_),
    }
    if before is None:
        words = [_("{name} published {plan} v{to}.").format(**values)]
    else:
        named = _named(changes(before.terms, version.terms))
        pattern = _("{name} changed {plan} v{before} → v{to}: {changes}.")
        words = [pattern.format(**values, before=before.number, changes=named)]
    words.append(_("Applies from {day}.").format(**values))
    if version.note:
        said_why = _("Note: ‘{note}’.")  # noqa: RUF001 — the quotation marks are meant.
        words.append(said_why.format(note=version.note))
    return " ".join(words)


def day_words(instant: datetime) -> str:
    """Return the day of an instant in the reader's zone: “1 Sep 2025”."""
    return dateformat.format(instant.astimezone(get_current_timezone()), _("j M Y"))


def _line(version: PlanVersion, before: PlanVersion | None) -> LogLine:
    return LogLine(version, sentence(version, before))


def _before(version: PlanVersion, versions: list[PlanVersion]) -> PlanVersion | None:
    older = [one for one in versions if one.number < version.number]
    return older[0] if older else None


def _named(found: list[Change]) -> str:
    """Return the first changes in words; examples follow from the others, and come last."""
    found = sorted(found, key=lambda change: change.what[0] == "examples")
    rows = [_row(change) for change in found[:MOST_NAMED]]
    words = [f"{row.what} {row.before} {ARROW} {row.after}" for row in rows]
    rest = len(found) - len(rows)
    if rest:
        words.append(_("{count} more").format(count=rest))
    return "; ".join(words) or _("nothing that counts")


def _row(change: Change) -> ChangeRow:
    what = " ".join(change.what[1:] or change.what).replace("_", " ")
    return ChangeRow(what, change.before or _("not there"), change.after or _("not there"))


def _more(target: Target) -> Iterator[str]:
    if target.starts != "created":
        yield _("from when the severity is set")
    if target.every:
        yield _("again and again")
    if target.kept_share is not None:
        yield _("{share} of them").format(share=f"{target.kept_share:.0%}")


def _severities(terms: Terms) -> list[SeverityRow]:
    ordered = sorted(terms.severities.values(), key=lambda one: one.rank)
    return [
        SeverityRow(one, capfirst(said(one.name)), "; ".join(_about(one))) for one in ordered
    ]


def _about(severity: Severity) -> Iterator[str]:
    if severity.is_critical:
        yield _("critical")
    if severity.is_default:
        yield _("the default")
    yield word(SET_BY, severity.set_by)
    if severity.production_only:
        yield _("in production alone")


def _rules(terms: Terms) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Yield the rules beside the targets: each section's title, and its names with words."""
    rubric = [(_("Critical"), said(one.says)) for one in terms.rubric]
    rubric += [(_("Not critical"), said(one.says)) for one in terms.not_critical]
    yield _("Rubric"), rubric
    yield _("Ladder"), [(f"{one.percent} %", roles_words(one.tell)) for one in terms.ladder]
    yield _("Pauses"), [(word(STATES, one.state), pause_words(one)) for one in terms.pauses]
    yield _("Exceptions"), [(one.code, said(one.says)) for one in terms.exceptions]
    yield _("Remedies"), [(one.key, remedy_words(one)) for one in terms.remedies]
    rest = ("naming", "calls", "reclassification", "response", "silence", "survey")
    for name in rest:
        words = in_words(getattr(terms, name))
        yield word(SECTIONS, name), [(_("Rule"), words)] if words else []

"""`answerable plan show` and `diff`: a plan in readable words, and what another changes."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import datetime
from itertools import groupby

from django.utils.timezone import now

from answerable.cli.columns import GAP, columns
from answerable.cli.plan_finding import found
from answerable.cli.say import say
from answerable.entitlements.core.changes import Change, changes, in_words
from answerable.entitlements.core.plan import Severity, Target, Terms
from answerable.sla.preview import Case, cases, due_of
from answerable.sla.preview_words import case_words, due_words
from answerable.sla.steps import hours_words
from answerable.sla.words import allowed_words

HEADER = ("row", "what", "severity", "for", "by", "within", "")
RULES = (
    *("naming", "calls", "pauses", "response", "reclassification", "exceptions"),
    *("remedies", "silence", "survey"),
)
SET_BY = {
    "customer": "chosen by the customer",
    "vendor": "set by an agent",
    "both": "claimed, and confirmed by an agent",
}
ANY = "any"


def show(options: argparse.Namespace) -> int:
    """Print what a plan promises, and when it is due at the edges of its calendars."""
    plan = found(options.plan)
    for line in shown(plan.terms, plan.title, now()):
        say(line)
    return 0


def diff(options: argparse.Namespace) -> int:
    """Print what changed from one plan to another, in words and in due times."""
    before, after = found(options.before), found(options.after)
    for number, line in enumerate(differences(before.terms, after.terms, now())):
        if number or line:
            say(line)
    return 0


def shown(terms: Terms, title: str, at: datetime) -> Iterator[str]:
    """Yield a plan as lines: rows, severities, calendars, rules, and edge cases after `at`."""
    yield f"{terms.name} ({title})" if title != terms.name else title
    if terms.tier or terms.products:
        yield f"Needs: {terms.tier or ANY} of {in_words(terms.products)}"
    if terms.languages:
        yield f"Guaranteed in: {', '.join(terms.languages)}"
    yield from _section("Targets", columns([HEADER, *(_row(terms, t) for t in terms.targets)]))
    yield from _section("Severities", _severities(terms))
    yield from _section("Calendars", _calendars(terms, at))
    yield from _section("Rules", _rules(terms))
    yield from _section("Edge cases", _edge_cases(terms, at))
    yield from _section("Examples", columns([[e.due, e.says] for e in terms.examples]))


def differences(old: Terms, new: Terms, at: datetime) -> Iterator[str]:
    """Yield what changed as lines: what is said otherwise, and which due times differ."""
    found = changes(old, new)
    if not found:
        yield "They say the same."
    for section, of_section in groupby(found, key=lambda change: change.what[0]):
        yield from _section(section, map(_change, of_section))
    moved = [
        (case_words(case), case.row, due_words(before), due_words(after))
        for case in _of_both(old, new, at)
        if (before := due_of(old, case)) != (after := due_of(new, case))
    ]
    header = ("if it arrives", "row", "before", "after")
    yield from _section("Due times that differ", columns([header, *moved]) if moved else ())


def _section(title: str, lines: Iterator[str] | tuple[str, ...]) -> Iterator[str]:
    for number, line in enumerate(lines):
        if not number:
            yield ""
            yield title
        yield GAP + line


def _row(terms: Terms, target: Target) -> tuple[str, ...]:
    names = [f"in {name}" for name in target.languages]
    names += [f"about {name}" for name in (*target.environments, *target.products)]
    return (
        target.key,
        target.metric.replace("_", " "),
        target.severity or ANY,
        terms.requesters[target.requester].name,
        ", ".join([*(target.channels or (ANY,)), *names]),
        allowed_words(terms, target),
        ", ".join(_how(target)),
    )


def _how(target: Target) -> Iterator[str]:
    """Yield how binding a row is, and what else it says."""
    yield target.kind
    if target.starts != "created":
        yield "from when the severity is set"
    if target.every:
        yield "again and again"
    if target.kept_share is not None:
        yield f"{target.kept_share:.0%} of them"


def _severities(terms: Terms) -> Iterator[str]:
    ordered = sorted(terms.severities.values(), key=lambda one: one.rank)
    return columns(
        [[one.key, one.name, ", ".join(_about(one)), one.definition] for one in ordered]
    )


def _about(severity: Severity) -> Iterator[str]:
    """Yield what a severity is beside its name."""
    if severity.is_critical:
        yield "critical"
    if severity.is_default:
        yield "the default"
    yield SET_BY[severity.set_by]
    if severity.production_only:
        yield "in production alone"


def _calendars(terms: Terms, at: datetime) -> Iterator[str]:
    return columns(
        [
            [one.key, hours_words(one, at) or f"{one.name}: around the clock"]
            for one in terms.calendars.values()
        ]
    )


def _rules(terms: Terms) -> Iterator[str]:
    for name in RULES:
        value = getattr(terms, name)
        for rule in value if isinstance(value, tuple) else (value,):
            words = in_words(rule)
            if words:
                yield f"{name}: {words}"
    for step in terms.ladder:
        yield f"at {step.percent} %: {', '.join(step.tell)}"


def _edge_cases(terms: Terms, at: datetime) -> Iterator[str]:
    for row, of_row in groupby(cases(terms, at), key=lambda case: case.row):
        yield row
        for line in columns([[case_words(c), due_words(due_of(terms, c))] for c in of_row]):
            yield GAP + line


def _of_both(old: Terms, new: Terms, at: datetime) -> list[Case]:
    """Return the cases of both plans; one that both have, once."""
    made = {(case.row, case.request): case for case in (*cases(old, at), *cases(new, at))}
    return list(made.values())


def _change(change: Change) -> str:
    what = " ".join(change.what[1:] or change.what)
    if not change.before:
        return f"+ {what}: {change.after}"
    if not change.after:
        return f"- {what}: {change.before}"
    return f"{what}: {change.before} \N{RIGHTWARDS ARROW} {change.after}"

"""What became of a plan's examples, in words: both derivations, to be checked with a pencil.

Pure but for the reader's language.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from answerable.entitlements.core.findings import Finding
from answerable.entitlements.core.moments import said
from answerable.entitlements.core.plan import Target, Terms
from answerable.sla.calendars import calendar_of
from answerable.sla.core.derivation import stretches
from answerable.sla.steps import hours_words, stretch_steps, whole_second
from answerable.sla.trying import Trial, try_plan
from answerable.sla.words import allowed_words, length_sum

INDENT = "    "


def failures(terms: Terms) -> list[Finding]:
    """Return a finding for each example of a plan that does not come out as it says."""
    return [
        _failure(number, trial, terms)
        for number, trial in enumerate(try_plan(terms))
        if not trial.is_right
    ]


def derivation(trial: Trial, terms: Terms) -> list[str]:
    """Return the row that won, and what counts until each of the two instants, line by line."""
    target = trial.answer.target
    if target is None:
        return list(_refusals(trial))
    lines = [
        _("Row '{key}': {within}.").format(key=target.key, within=allowed_words(terms, target)),
        hours_words(terms.calendars[target.calendar], trial.start),
    ]
    due_at, expected = trial.answer.due_at, trial.expected
    if due_at:
        lines += _counted(_("Until what the plan makes it:"), trial, due_at, terms)
    if expected and expected != due_at:
        lines += _counted(_("Until what the example says:"), trial, expected, terms)
    return [line for line in lines if line]


def _failure(number: int, trial: Trial, terms: Terms) -> Finding:
    answer, zone = trial.answer, (trial.expected or trial.start).tzinfo
    due_at = answer.due_at.astimezone(zone) if answer.due_at else None
    values = {
        "says": trial.example.says,
        "expected": _outcome(trial.expected, trial.example.kind),
        "due": _outcome(due_at, _kind(answer.target, trial.example.kind))
        if due_at or answer.target is None
        else _("never"),
        "derivation": "\n".join(derivation(trial, terms)),
    }
    return Finding(
        ("examples", number, "due"),
        _("Example '{says}' says {expected}; the plan makes it {due}."),
        "\n{derivation}",
        tuple(values.items()),
    )


def _kind(target: Target | None, asked: str) -> str:
    return target.kind.value if target and asked else ""


def _outcome(due_at: datetime | None, kind: str) -> str:
    when = said(due_at) if due_at else _("none")
    return f"{when} ({kind})" if kind else when


def _refusals(trial: Trial) -> Iterator[str]:
    """Say of each row that could have fitted why it does not."""
    yield _("No row fits:")
    for refusal in trial.answer.verdict.refusals:
        if refusal.metric == trial.example.metric or refusal.target is None:
            reasons = ", ".join(reason.replace("_", " ") for reason in refusal.reasons)
            yield f"{INDENT}{refusal.target or '-'}: {reasons}"


def _counted(title: str, trial: Trial, until: datetime, terms: Terms) -> Iterator[str]:
    target = trial.answer.target
    if target is None:
        return
    start, end = whole_second(trial.start), whole_second(until)
    zone = trial.start.tzinfo or until.tzinfo
    calendar = calendar_of(terms.calendars[target.calendar])
    parts = stretches(start, end, calendar.spans(start, end))
    yield title
    for step in stretch_steps(parts, calendar, zone) if zone else ():
        yield f"{INDENT}{step.name}: {step.text} {step.sum}".rstrip()
    total = sum((part.length for part in parts), timedelta())
    yield INDENT + _("Counted in all: {length}").format(length=length_sum(total))

"""The rules as their pages list them, and what their runs came to."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from typing import Any

from django.db.models import Count, Max, Q, QuerySet
from django.db.models.functions import TruncDate

from answerable.office.rule_words import OUTCOMES, STATES, act_words, why_words
from answerable.rules.core.reading import rule_of
from answerable.rules.models import Halt, Rule, Run, Trial
from answerable.rules.names import Names
from answerable.rules.words import sentence_of

DAYS = 30
WIDE, HIGH, GAP = 4, 20, 1
A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Bar:
    """A day of a plot: where it stands, and how high it is."""

    x: int
    y: int
    height: int


@dataclass(frozen=True, slots=True)
class RuleRow:
    """A rule in the list: its sentence, how it stands, and what it did in 30 days."""

    rule: Rule
    sentence: str
    state: str
    is_changed: bool
    total: int
    bars: Sequence[Bar]
    last_at: datetime | None
    halts: int


@dataclass(frozen=True, slots=True)
class RunRow:
    """A run in the log, in words."""

    run: Run
    outcome: str
    why: str
    did: Sequence[str]
    can_undo: bool


@dataclass(frozen=True, slots=True)
class TrialRow:
    """What a trial found for one rule."""

    name: str
    sentence: str
    matched: int
    tickets: int
    unknown: int
    shown: Sequence[tuple[int, datetime]]
    is_unknowable: bool


def rule_rows(at: datetime, zone: tzinfo) -> list[RuleRow]:
    """Return the rules in their order. A handful of queries, however many there are."""
    names = Names()
    since = at - timedelta(days=DAYS)
    ran = Run.objects.filter(at__gt=since).exclude(outcome=Run.Outcome.STOPPED)
    by_day = ran.annotate(day=TruncDate("at", tzinfo=zone)).values_list("rule", "day")
    counts: dict[int, dict[Any, int]] = defaultdict(dict)
    for rule, day, many in by_day.annotate(many=Count("pk")).order_by():
        counts[rule][day] = many
    last = dict(Run.objects.values_list("rule").annotate(last=Max("at")).order_by())
    halts = Halt.objects.filter(lifted_at=None).values_list("rule")
    halted = dict(halts.annotate(many=Count("pk")).order_by())
    today = at.astimezone(zone).date()
    days = [today - timedelta(days=back) for back in range(DAYS - 1, -1, -1)]
    return [
        RuleRow(
            rule=rule,
            sentence=sentence_of(rule_of(_says(rule)), names),
            state=str(STATES[rule.state]),
            is_changed=rule.version is not None and rule.draft != rule.version.says,
            total=sum(counts[rule.pk].values()),
            bars=bars_of([counts[rule.pk].get(day, 0) for day in days]),
            last_at=last.get(rule.pk),
            halts=halted.get(rule.pk, 0),
        )
        for rule in Rule.objects.kept().select_related("version", "owner")
    ]


def bars_of(counts: Sequence[int]) -> list[Bar]:
    """Return the days of a small plot; one on which something happened can be seen."""
    most = max(counts, default=0) or 1
    heights = [max(2, round(HIGH * count / most)) if count else 1 for count in counts]
    return [
        Bar(place * (WIDE + GAP), HIGH - height, height) for place, height in enumerate(heights)
    ]


def runs_asked(asked: Mapping[str, str]) -> QuerySet[Run]:
    """Return the runs that a search of the log asks for, the newest first."""
    runs = Run.objects.select_related("rule", "version", "ticket", "undone_by")
    rule, ticket = asked.get("rule", ""), asked.get("ticket", "").strip().lstrip("#")
    if _is_number(rule):
        runs = runs.filter(rule=int(rule))
    if ticket:
        words = Q(ticket__subject__icontains=ticket)
        runs = runs.filter(Q(ticket=int(ticket)) if _is_number(ticket) else words)
    if asked.get("outcome") in OUTCOMES:
        runs = runs.filter(outcome=asked["outcome"])
    return runs.order_by("-at", "-pk")


def run_rows(runs: Sequence[Run]) -> list[RunRow]:
    """Return runs in words."""
    names = Names()
    return [
        RunRow(
            run=run,
            outcome=str(OUTCOMES[run.outcome]),
            why=why_words(run.why) if run.why else "",
            did=[act_words(did, names) for did in run.did],
            can_undo=bool(run.steps) and run.undone_at is None,
        )
        for run in runs
    ]


def trial_rows(trial: Trial, unknowable: frozenset[str]) -> list[TrialRow]:
    """Return what a trial found so far, rule by rule."""
    names = Names()
    rows = []
    for asked, found in zip(trial.rules, trial.found, strict=True):
        says = rule_of(asked["says"])
        rows.append(
            TrialRow(
                name=asked["name"],
                sentence=sentence_of(says, names),
                matched=found["matched"],
                tickets=found["tickets"],
                unknown=found["unknown"],
                shown=[(int(pk), datetime.fromisoformat(at)) for pk, at in found["shown"]],
                is_unknowable=says.when.kind in unknowable,
            )
        )
    return rows


def _says(rule: Rule) -> object:
    return rule.version.says if rule.version else rule.draft


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) < len("1000000000000000000")

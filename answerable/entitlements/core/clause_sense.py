"""What the clauses beside the targets must not say: remedies, pauses, examples. Pure."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from answerable.entitlements.core.clauses import Example, Naming, PauseRule, Remedy
from answerable.entitlements.core.findings import Findings, Table
from answerable.entitlements.core.moments import moment
from answerable.entitlements.core.plan import PLANNED, Kind, Metric, Terms
from answerable.entitlements.core.wrong import Path, PlanError

# What a ticket may wait for: its customer's words, or what a hold says.
STATES = ("waiting", "vendor", "third_party", "scheduled")
TARGETS: Path = ("targets",)
STRANGER = "stranger"
NOTHING = "none"
MONTHS = range(1, 13)
# Beyond these a remedy would pay more than it was paid.
MOST_PERCENT = 100


def check_clauses(terms: Terms, findings: Findings) -> None:
    """Note what cannot be meant in designation, remedies, pauses and examples."""
    _naming(terms, findings)
    for rule in terms.pauses:
        _pause(terms, rule, findings)
    for number, remedy in enumerate(terms.remedies):
        path: Path = ("remedies", number)
        if not findings.is_broken(path):
            _remedy(terms, remedy, path, findings)
    for number, example in enumerate(terms.examples):
        if not findings.is_broken(("examples", number)):
            _example(terms, example, ("examples", number), findings)


def _naming(terms: Terms, findings: Findings) -> None:
    if terms.naming == Naming():
        return
    if terms.naming.most == 0:
        findings.error(
            ("designation", "most"),
            "A contract that names nobody guarantees nothing to anybody.",
            "Leave it out for no limit.",
        )
    is_known = not any(found.path[:1] == ("requesters",) for found in findings.found)
    if is_known and not any(one.designated for one in terms.requesters.values()):
        findings.warn(
            ("designation",),
            "No class of people is designated, so nobody is ever named under this plan.",
        )


def _pause(terms: Terms, rule: PauseRule, findings: Findings) -> None:
    path = ("pauses", rule.state)
    pattern = "No ticket ever waits in the state '{word}', so nothing pauses."
    findings.look_up(path, pattern, rule.state, ("states", STATES))
    if Metric.FIRST_RESPONSE in rule.metrics:
        findings.warn(
            (*path, "metrics", rule.metrics.index(Metric.FIRST_RESPONSE)),
            "The first reply would be paused in the state '{state}': whoever asks back "
            "without a reply gains time.",
            "Leave first_response out of the metrics.",
            state=rule.state,
        )
    for place, metric in enumerate(rule.metrics):
        if not terms.of_metric(metric) and not findings.is_broken(TARGETS):
            pattern = (
                "'{metric}' would be paused in the state '{state}', and no target measures it."
            )
            findings.warn((*path, "metrics", place), pattern, metric=metric, state=rule.state)


def _remedy(terms: Terms, remedy: Remedy, path: Path, findings: Findings) -> None:
    known = not findings.is_broken(TARGETS)
    for name, words in (*(_never_met(terms, remedy) if known else ()), *_amounts(remedy)):
        findings.error((*path, name), f"Remedy '{{remedy}}' {words}", remedy=remedy.key)
    for number, severity in enumerate(remedy.severities):
        place = (*path, "severities", number)
        pattern = "Remedy '{remedy}' names no known severity: {word}."
        table = ("severities", terms.severities)
        findings.look_up(place, pattern, severity, table, remedy=remedy.key)


def _never_met(terms: Terms, remedy: Remedy) -> Iterator[tuple[str, str]]:
    """Yield why nothing would ever be owed by a remedy."""
    measured = [target for metric in remedy.metrics for target in terms.of_metric(metric)]
    if not measured:
        yield "metrics", "can never be met: no target has its metrics."
    elif all(target.kind == Kind.AIM for target in measured):
        yield "metrics", "can never be met: what it measures is aimed for, and never missed."


def _amounts(remedy: Remedy) -> Iterator[tuple[str, str]]:
    """Yield what is wrong with how much it gives."""
    if not (remedy.percent or remedy.days or remedy.bands):
        yield "credit", "gives nothing. Write credit, days or bands."
    if remedy.measure == "minutes_over" and not remedy.per:
        yield "per", 'can never be met: write for how much over, such as per = "15m".'
    if (remedy.measure == "kept") != bool(remedy.bands):
        yield "bands", 'needs bands with measure = "kept", and has none with another.'
    if remedy.fiscal_start not in MONTHS:
        yield "fiscal_start", "names no month: write 1 to 12."
    if any(not 0 < band.below <= 1 for band in remedy.bands):
        yield "bands", "has a band that nothing is below. Write more than 0%, up to 100%."
    if any(share > MOST_PERCENT for share in _shares(remedy)):
        yield "credit", "gives more than 100% of the fee."


def _shares(remedy: Remedy) -> list[float]:
    return [remedy.percent, remedy.cap_percent or 0, *(band.percent for band in remedy.bands)]


def _example(terms: Terms, example: Example, path: Path, findings: Findings) -> None:
    for name, table in _tables(terms, example):
        word = getattr(example, name)
        pattern = "Example '{says}' names no known {name}: {word}."
        if word:
            place = (*path, name)
            findings.look_up(place, pattern, word, table, says=example.says, name=name)
    start = _instant(example.start, (*path, "start"), findings)
    if example.due == NOTHING:
        return
    due = _instant(example.due, (*path, "due"), findings)
    if start and due and due < start:
        pattern = "Example '{says}' is due before it starts."
        findings.error((*path, "due"), pattern, says=example.says)


def _tables(terms: Terms, example: Example) -> Iterator[tuple[str, Table]]:
    people = [STRANGER, *terms.requesters]
    yield "requester", ("requesters", people)
    yield "severity", ("severities", terms.severities)
    yield "channel", ("channels", terms.channels)
    yield "metric", ("metrics", list(PLANNED))
    yield "kind", ("kinds", list(Kind))


def _instant(words: str, path: Path, findings: Findings) -> datetime | None:
    try:
        return moment(words)
    except PlanError as error:
        findings.caught(path, error)
        return None

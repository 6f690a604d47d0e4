"""What a row of the matrix must not say, and what two of them must not say together. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from answerable.entitlements.core.findings import Findings, Table
from answerable.entitlements.core.plan import Kind, Metric, Severity, Start, Target, Terms
from answerable.entitlements.core.specific import covers, most_specific, ties
from answerable.entitlements.core.wrong import Path

PRODUCTION = "production"


def check_targets(terms: Terms, findings: Findings) -> None:
    """Note what is wrong with each row, with rows that no request tells apart, and the rest."""
    for number, target in enumerate(terms.targets):
        path: Path = ("targets", number)
        if not findings.is_broken(path):
            _names(terms, target, path, findings)
            _lengths(target, path, findings)
            _start(terms, target, path, findings)
    whole = [
        target
        for number, target in enumerate(terms.targets)
        if not findings.is_broken(("targets", number)) and _is_whole(terms, target)
    ]
    for target in whole:
        _fits_somebody(terms, target, findings)
    _ties(terms, whole, findings)
    _slower(terms, whole, findings)


def _names(terms: Terms, target: Target, path: Path, findings: Findings) -> None:
    for place, word, table, pattern in _named(terms, target):
        where = ("targets", path[1], *place)
        findings.look_up(where, pattern, word, table, target=target.key)


def _named(terms: Terms, target: Target) -> Iterator[tuple[Path, str, Table, str]]:
    """Yield each name that a row takes from elsewhere: its place, it, where from, the words."""
    calendars, people = ("calendars", terms.calendars), ("requesters", terms.requesters)
    severities, channels = ("severities", terms.severities), ("channels", terms.channels)
    pattern = "Target '{target}' names no known {what}: {word}."
    yield ("calendar",), target.calendar, calendars, pattern.replace("{what}", "calendar")
    yield (
        ("requester",),
        target.requester,
        people,
        "Target '{target}' is for nobody known: {word}.",
    )
    if target.severity is not None:
        yield ("severity",), target.severity, severities, pattern.replace("{what}", "severity")
    for number, channel in enumerate(target.channels):
        place = ("channels", number)
        yield place, channel, channels, pattern.replace("{what}", "channel")


def _is_whole(terms: Terms, target: Target) -> bool:
    """Say whether everything that a row names could be read."""
    return all(word in table[1] for _, word, table, _ in _named(terms, target))


def _lengths(target: Target, path: Path, findings: Findings) -> None:
    name = {"target": target.key}
    if target.within <= timedelta(0):
        findings.error((*path, "within"), "Target '{target}' must allow some time.", **name)
    elif target.due_soon is not None and not timedelta(0) < target.due_soon < target.within:
        findings.error(
            (*path, "due_soon"),
            "Target '{target}' is due soon before it has begun, or never.",
            "Write a lead shorter than {within}, or a share like 20%.",
            within=target.allowance,
            **name,
        )
    if target.kept_share is not None and not 0 < target.kept_share <= 1:
        findings.error((*path, "kept"), "Target '{target}' must keep 1 to 100 %.", **name)
    if target.every and target.metric != Metric.STATUS_UPDATE:
        pattern = "Target '{target}' repeats, and only a status_update can."
        findings.error((*path, "every"), pattern, "Leave 'every' out.", **name)
    if target.metric == Metric.STATUS_UPDATE and not target.every:
        pattern = "Target '{target}' is a status update that comes once."
        findings.warn(path, pattern, "Write every = true to repeat it.", **name)


def _start(terms: Terms, target: Target, path: Path, findings: Findings) -> None:
    """Judge a clock that waits for the vendor: it needs one that does not (domain.md E13)."""
    if target.starts == Start.CREATED:
        return
    if target.metric != Metric.FIRST_RESPONSE:
        pattern = "Target '{target}' is no first reply, so its start is not open."
        findings.error((*path, "starts"), pattern, "Leave 'starts' out.", target=target.key)
    elif not terms.of_metric(Metric.TRIAGE):
        findings.warn(
            (*path, "starts"),
            "Target '{target}' starts when the severity is set, and nothing says until when "
            "that must be done.",
            'Add a target with metric = "triage".',
            target=target.key,
        )


def _fits_somebody(terms: Terms, target: Target, findings: Findings) -> None:
    """Refuse a guarantee in languages in which nothing is guaranteed."""
    if target.kind != Kind.GUARANTEE or not target.languages:
        return
    ways = [terms.channels[key] for key in target.channels or terms.channels]
    spoken = [set(way.languages or terms.languages) for way in ways]
    if spoken and all(named and not named & set(target.languages) for named in spoken):
        findings.error(
            _path(terms, target, "languages"),
            "Target '{target}' fits nobody: nothing is guaranteed in {languages}.",
            "Add the language to 'languages' of the plan or of the channel.",
            target=target.key,
            languages=", ".join(target.languages),
        )


def _ties(terms: Terms, targets: list[Target], findings: Findings) -> None:
    for one, other in ties(targets, terms.requesters):
        findings.error(
            _path(terms, other),
            "Targets '{one}' and '{other}' are as specific as each other, and one request "
            "can fit both: {request}.",
            "Name something in one of them that the other leaves open, such as {such}.",
            one=one.key,
            other=other.key,
            request=request_words(one, other, terms),
            such=_open(one, other),
        )


def request_words(one: Target, other: Target, terms: Terms) -> str:
    """Return a request that fits two rows: “urgent, by a Super Admin, through form, …”."""
    people = [terms.requesters[target.requester].name for target in (one, other)]
    severity = one.severity or other.severity
    parts = [
        severity or "any severity",
        f"by {' who is also '.join(dict.fromkeys(people))}",
        *_shared("through", one.channels, other.channels),
        *_shared("in", one.languages, other.languages),
        *_shared("about", one.environments, other.environments),
        *_shared("about", one.products, other.products),
    ]
    return ", ".join(parts)


def _open(one: Target, other: Target) -> str:
    """Return a name that could tell two rows apart."""
    dimensions = {
        "channels": (one.channels, other.channels),
        "languages": (one.languages, other.languages),
        "severity": (one.severity, other.severity),
        "environments": (one.environments, other.environments),
    }
    free = [name for name, both in dimensions.items() if not all(both)]
    return free[0] if free else "products"


def _shared(word: str, one: Iterable[str], other: Iterable[str]) -> list[str]:
    both = [key for key in one if key in set(other)] or [*one, *other]
    return [f"{word} {both[0]}"] if both else []


def _slower(terms: Terms, targets: list[Target], findings: Findings) -> None:
    """Warn of a worse severity that waits longer than a milder one."""
    milder_ones = [target for target in targets if target.severity]
    for milder in milder_ones:
        for severity in terms.severities.values():
            if severity.rank >= terms.severities[milder.severity or ""].rank:
                continue
            worse = _same_request(terms, targets, milder, severity.key)
            if worse and _is_slower(terms, worse, milder):
                _warn_of(terms, worse, milder, severity, findings)


def _same_request(
    terms: Terms, targets: list[Target], like: Target, severity: str
) -> Target | None:
    """Return the row that wins for a request such as this row's, at another severity."""
    fitting = [
        target
        for target in targets
        if target.metric == like.metric
        and target.severity in (None, severity)
        and covers(target, like)
    ]
    return most_specific(fitting, terms.requesters).get(like.metric)


def _is_slower(terms: Terms, worse: Target, milder: Target) -> bool:
    same = worse.calendar == milder.calendar or terms.calendars[milder.calendar].always
    return same and worse.within > milder.within


def _warn_of(
    terms: Terms, worse: Target, milder: Target, severity: Severity, findings: Findings
) -> None:
    findings.warn(
        _path(terms, worse, "within"),
        "{worse} ({long}) is slower than {milder} ({short}).",
        worse=severity.name[:1].upper() + severity.name[1:],
        milder=terms.severities[milder.severity or ""].name,
        long=worse.allowance,
        short=milder.allowance,
    )


def _path(terms: Terms, target: Target, *name: str) -> Path:
    number = next(n for n, one in enumerate(terms.targets) if one is target)
    return ("targets", number, *name)

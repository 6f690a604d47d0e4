"""What was so of a ticket in the past, as far as its log still says it. Pure.

How it is filed is taken back line by line from what is so now; how it stood, and whose it was,
is told from its opening on. Where that does not come to what is so now, nobody knows it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from answerable.rules.core import spec
from answerable.rules.core.judging import Facts
from answerable.rules.core.reading import When

NEVER_KNOWN = frozenset({"clock"})
HOUR = 3600.0
TALK = frozenset({"opened", "wrote", "answered", "noticed"})
STATES = {
    "wrote": "open",
    "answered": "waiting",
    "resolved": "resolved",
    "reopened": "open",
    "held": "held",
    "hold_ended": "open",
    "admitted": "open",
}
Sets = Mapping[str, frozenset[str]]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a ticket's log: its number, verb, instant, who did it, its data, and what the
    customer said with it."""

    number: int
    verb: str
    at: datetime
    agent: int | None = None
    data: Mapping[str, object] = field(default_factory=dict)
    said: str = ""


@dataclass(frozen=True, slots=True)
class Moment:
    """What was so just after a line: its facts, and since when nobody had written."""

    line: Line
    facts: Facts
    quiet_since: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """How a ticket stood and whose it was after a line."""

    state: str
    assignee: str
    quiet_since: datetime
    words: str


def moments(
    now: Facts, lines: Sequence[Line], teams: Sets, ranks: Mapping[int, str]
) -> list[Moment]:
    """Return what was so after each line, in their order.

    `now` are the facts of today, `teams` those of each agent by number, `ranks` the names of
    priorities by what the log calls them.
    """
    if not lines:
        return []
    told, filed = _told(now, lines), _filed(now, lines, ranks)
    unknown = now.unknown | NEVER_KNOWN | _doubted(now, told[-1])
    base = replace(now, unknown=unknown)
    found = []
    for line, one, sets in zip(lines, told, filed, strict=True):
        there = {**sets, "team": teams.get(one.assignee, frozenset())}
        ages = _ages(lines[0].at, one.quiet_since, line.at)
        found.append(Moment(line, _facts(base, one, there, ages), one.quiet_since))
    return found


def passed(
    when: When, found: Sequence[Moment], until: datetime
) -> Iterator[tuple[datetime, Facts]]:
    """Return when time would have woken a rule, once for each stretch of silence, with what was
    so then. Of due times the past knows nothing: there is none."""
    length, seen = timedelta(minutes=when.minutes), set()
    ends = [moment.line.at for moment in found[1:]] + [until]
    for moment, end in zip(found, ends, strict=True):
        since = _since(when, moment, found[0].line.at)
        edge = max(since + length, moment.line.at) if since else None
        if edge and edge < end and since not in seen:
            seen.add(since)
            yield edge, _later(moment, found[0].line.at, edge)


def _since(when: When, moment: Moment, opened: datetime) -> datetime | None:
    state = next(iter(moment.facts.sets.get("state", ())), "")
    if when.kind == spec.UNTOUCHED and state == "open":
        return moment.quiet_since
    if when.kind == spec.WAITING and state == "waiting":
        return moment.quiet_since
    free = moment.facts.sets.get("assignee") == frozenset({spec.NOBODY})
    return opened if when.kind == spec.UNASSIGNED and state == "open" and free else None


def _later(moment: Moment, opened: datetime, at: datetime) -> Facts:
    return replace(moment.facts, numbers=_ages(opened, moment.quiet_since, at))


def _ages(opened: datetime, quiet: datetime, at: datetime) -> dict[str, float]:
    return {
        "age": (at - opened).total_seconds() / HOUR,
        "quiet": (at - quiet).total_seconds() / HOUR,
    }


def _told(now: Facts, lines: Sequence[Line]) -> list[Told]:
    """Tell from the opening on how a ticket stood."""
    waits = any(line.verb == "admitted" for line in lines) or now.sets.get(
        "state"
    ) == frozenset({"review"})
    one = Told("review" if waits else "open", spec.NOBODY, lines[0].at, "")
    told = []
    for line in lines:
        state = str(line.data.get("back_to") or STATES.get(line.verb, one.state))
        keeps = one.state == "review" and line.verb != "admitted"
        one = Told(
            state=one.state if keeps else state,
            assignee=_assignee(line, one.assignee),
            quiet_since=line.at if line.verb in TALK else one.quiet_since,
            words=line.said or one.words,
        )
        told.append(one)
    return told


def _assignee(line: Line, before: str) -> str:
    if line.verb == "taken" and line.agent:
        return str(line.agent)
    if line.verb == "assigned":
        return str(line.data.get("to_id") or spec.NOBODY)
    return spec.NOBODY if line.verb == "given_back" else before


def _doubted(now: Facts, last: Told) -> frozenset[str]:
    """Return what the log does not come to what is so now."""
    told = {"state": last.state, "assignee": last.assignee}
    doubted = {
        fact for fact, value in told.items() if fact in now.sets and now.sets[fact] != {value}
    }
    return frozenset(doubted | ({"team"} if "assignee" in doubted else set()))


def _filed(now: Facts, lines: Sequence[Line], ranks: Mapping[int, str]) -> list[Sets]:
    """Take back line by line how a ticket was filed, and return it as it was after each."""
    sets = dict(now.sets)
    found: list[Sets] = []
    for line in reversed(lines):
        found.append(dict(sets))
        before = BACK.get(line.verb)
        if before:
            sets |= before(sets, line.data, ranks)
    return found[::-1]


Back = Callable[[Sets, Mapping[str, object], Mapping[int, str]], Sets]


def _untagged(sets: Sets, data: Mapping[str, object], ranks: Mapping[int, str]) -> Sets:
    return {"tag": sets.get("tag", frozenset()) - _texts(data.get("slugs"))}


def _tagged(sets: Sets, data: Mapping[str, object], ranks: Mapping[int, str]) -> Sets:
    return {"tag": sets.get("tag", frozenset()) | _texts(data.get("slugs"))}


def _priority(sets: Sets, data: Mapping[str, object], ranks: Mapping[int, str]) -> Sets:
    before = data.get("from")
    rank = ranks.get(before, "") if isinstance(before, int) else ""
    return {"priority": frozenset({rank})} if rank else {}


def _severity(sets: Sets, data: Mapping[str, object], ranks: Mapping[int, str]) -> Sets:
    return {"severity": _texts([data.get("from")])}


BACK: dict[str, Back] = {
    "tagged": _untagged,
    "untagged": _tagged,
    "priority_set": _priority,
    "severity_changed": _severity,
}


def _texts(value: object) -> frozenset[str]:
    rows = value if isinstance(value, list) else []
    return frozenset(row for row in rows if isinstance(row, str) and row)


def _facts(now: Facts, told: Told, sets: Sets, ages: Mapping[str, float]) -> Facts:
    stood = {
        "state": frozenset({told.state}),
        "assignee": frozenset({told.assignee}),
    }
    words = told.words or now.texts.get("words", "")
    return replace(
        now, sets={**sets, **stood}, texts={**now.texts, "words": words}, numbers=ages
    )

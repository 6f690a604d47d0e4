"""Reads a rule from data, writes it as data, and finds all that is wrong with it. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from answerable.rules.core import spec


@dataclass(frozen=True, slots=True)
class When:
    """What wakes a rule: its kind, what it names, for how many minutes, of which hours."""

    kind: str = "created"
    value: str = ""
    minutes: int = 0
    basis: str = spec.PLAIN

    @property
    def is_timed(self) -> bool:
        """Whether time wakes it, and no line of the log."""
        return self.kind in spec.TIMES


@dataclass(frozen=True, slots=True)
class Condition:
    """One thing that is asked of a ticket."""

    fact: str
    asks: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Act:
    """One thing that is done: its kind, on what, with which words, for how many minutes."""

    kind: str
    value: str = ""
    words: str = ""
    minutes: int = 0


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: when, if (all of these, and one of those), never if, then, and whether it is the
    last one that looks."""

    when: When = field(default_factory=When)
    every: tuple[Condition, ...] = ()
    some: tuple[Condition, ...] = ()
    never: tuple[Condition, ...] = ()
    then: tuple[Act, ...] = ()
    stops: bool = False

    @property
    def conditions(self) -> tuple[Condition, ...]:
        """All conditions, wherever they stand."""
        return (*self.every, *self.some, *self.never)

    @property
    def matches_everything(self) -> bool:
        """Whether it asks nothing of a ticket."""
        return not (self.every or self.some)


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, at its place (“then.0.words”): a code, for which the room has words.

    A warning lets the rule be started all the same, by somebody who says that it is meant.
    """

    place: str
    code: str
    is_warning: bool = False


# What rules of before did by another name: a note that asked somebody to look tells them.
RENAMED = {"review": spec.NOTIFY}
GROUPS = ("every", "some", "never")
Known = Mapping[str, frozenset[str]]


def rule_of(data: object) -> Rule:
    """Return the rule that data says; what cannot be read is left out or empty."""
    said = data if isinstance(data, Mapping) else {}
    when = said.get("when")
    groups = {name: tuple(_conditions(said.get(name))) for name in GROUPS}
    return Rule(
        when=_when(when if isinstance(when, Mapping) else {}),
        then=tuple(_acts(said.get("then"))),
        stops=said.get("stops") is True,
        **groups,
    )


def as_data(rule: Rule) -> dict[str, object]:
    """Return a rule as it is kept; `rule_of` returns the same again."""
    when = rule.when
    return {
        "when": {
            "kind": when.kind,
            "value": when.value,
            "minutes": when.minutes,
            "basis": when.basis,
        },
        **{
            name: [
                {"fact": one.fact, "asks": one.asks, "values": list(one.values)}
                for one in getattr(rule, name)
            ]
            for name in GROUPS
        },
        "then": [
            {"kind": act.kind, "value": act.value, "words": act.words, "minutes": act.minutes}
            for act in rule.then
        ],
        "stops": rule.stops,
    }


def problems_of(
    rule: Rule, kinds: Mapping[str, str] | None = None, known: Known | None = None
) -> list[Problem]:
    """Return all that is wrong with a rule, in the order of its parts.

    `kinds` says of which sort the vendor's own fields are; `known` has the keys that there are
    of what a rule names (tags, people …), where they are to be looked up.
    """
    return [
        *_of_when(rule.when, known or {}),
        *(
            problem
            for name in GROUPS
            for place, one in enumerate(getattr(rule, name))
            for problem in _of_condition(f"{name}.{place}", one, dict(kinds or {}), known or {})
        ),
        *_of_acts(rule, known or {}),
        *_of_all(rule),
    ]


def _when(said: Mapping[object, object]) -> When:
    return When(
        kind=_text(said.get("kind")) or "created",
        value=_text(said.get("value")),
        minutes=_minutes(said.get("minutes")),
        basis=spec.SUPPORT if said.get("basis") == spec.SUPPORT else spec.PLAIN,
    )


def _conditions(data: object) -> Iterator[Condition]:
    for row in _rows(data, spec.MOST_CONDITIONS):
        values = row.get("values")
        listed = values if isinstance(values, Sequence) and not isinstance(values, str) else ()
        texts = dict.fromkeys(_text(value) for value in listed)
        kept = tuple(text for text in texts if text)[: spec.MOST_VALUES]
        yield Condition(_text(row.get("fact")), _text(row.get("asks")), kept)


def _acts(data: object) -> Iterator[Act]:
    for row in _rows(data, spec.MOST_ACTS):
        kind = _text(row.get("kind"))
        yield Act(
            RENAMED.get(kind, kind),
            _text(row.get("value")),
            _text(row.get("words"), spec.LONGEST_WORDS),
            _minutes(row.get("minutes")),
        )


def _rows(data: object, most: int) -> list[Mapping[object, object]]:
    rows = data if isinstance(data, list) else []
    return [row for row in rows if isinstance(row, Mapping)][:most]


def _text(value: object, longest: int = spec.LONGEST_VALUE) -> str:
    text = value.replace("\x00", "") if isinstance(value, str) else ""
    return text.strip()[:longest].strip()


def _minutes(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or value < 0:
        return 0
    return min(value, spec.LONGEST_MINUTES)


def _of_when(when: When, known: Known) -> Iterator[Problem]:
    if not spec.is_trigger(when.kind):
        yield Problem("when.kind", "unknown_trigger")
    if when.kind in spec.TIMED and when.minutes < spec.SHORTEST_MINUTES:
        yield Problem("when.minutes", "time_missing")
    names = spec.NAMING.get(when.kind)
    if when.kind in spec.NEEDS_NAME and not when.value:
        yield Problem("when.value", "value_missing")
    if names and when.value and _is_gone(names, when.value, known):
        yield Problem("when.value", "gone")


def _of_condition(
    place: str, one: Condition, kinds: dict[str, str], known: Known
) -> Iterator[Problem]:
    sort = spec.sort_of(one.fact, kinds)
    if not sort:
        yield Problem(f"{place}.fact", "unknown_fact")
        return
    if one.asks not in spec.ASKS[sort]:
        yield Problem(f"{place}.asks", "unknown_question")
        return
    if one.asks in spec.ALONE:
        return
    if not one.values:
        yield Problem(f"{place}.values", "value_missing")
    elif sort == spec.NUMBER and any(number_in(value) is None for value in one.values):
        yield Problem(f"{place}.values", "no_number")
    elif any(_is_gone(one.fact, value, known) for value in one.values):
        yield Problem(f"{place}.values", "gone")


def _of_acts(rule: Rule, known: Known) -> Iterator[Problem]:
    for number, act in enumerate(rule.then):
        yield from _of_act(f"then.{number}", act, known)
    if not rule.then:
        yield Problem("then", "nothing_done")


def _of_act(place: str, act: Act, known: Known) -> Iterator[Problem]:
    needs = spec.ACTS.get(act.kind)
    if needs is None:
        yield Problem(f"{place}.kind", "unknown_act")
        return
    if needs.value and not act.value:
        yield Problem(f"{place}.value", "value_missing")
    elif act.kind == spec.WEBHOOK and not act.value.startswith(("https://", "http://")):
        yield Problem(f"{place}.value", "no_address")
    elif act.value and _is_gone(f"do.{act.kind}", act.value, known):
        yield Problem(f"{place}.value", "gone")
    if needs.words and not act.words:
        yield Problem(f"{place}.words", "words_missing")
    if needs.minutes and act.minutes < spec.SHORTEST_MINUTES:
        yield Problem(f"{place}.minutes", "time_missing")


def _of_all(rule: Rule) -> Iterator[Problem]:
    """Return what may well be meant, and is worth a question."""
    if rule.matches_everything:
        yield Problem("every", "everything", is_warning=True)
    if any(_wakes(act, rule.when) for act in rule.then):
        yield Problem("then", "wakes_itself", is_warning=True)
    kinds = [act.kind for act in rule.then]
    if kinds.count(spec.ASSIGN) > 1 or kinds.count(spec.PRIORITY) > 1:
        yield Problem("then", "twice", is_warning=True)


def _wakes(act: Act, when: When) -> bool:
    """Say whether an act is what its own rule waits for."""
    return spec.CAUSES.get(act.kind) == when.kind and when.value in {"", act.value}


def _is_gone(names: str, value: str, known: Known) -> bool:
    return names in known and value not in known[names]


def number_in(text: str) -> float | None:
    """Return a number as somebody types it, with a point or a comma, or None."""
    try:
        number = float(text.replace(",", ".").replace("_", "x"))
    except ValueError:
        return None
    return number if abs(number) < 1e15 else None

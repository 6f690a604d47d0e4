"""What an administrator entered of a rule, and the rows of the page on which it is entered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from answerable.accounts.models import Customer
from answerable.office.rule_words import act_choices, ask_choices, fact_choices, trigger_choices
from answerable.rules.core import spec
from answerable.rules.core.reading import GROUPS, Act, Condition, Problem, Rule, When
from answerable.rules.names import Names

UNITS = {"minutes": 1, "hours": 60, "days": 24 * 60}
NUMBERED = re.compile(r"^(every|some|never|then)-([0-9]{1,2})-")
MOST_FOUND = 10
Choices = Sequence[tuple[str, str, bool]]


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time as it is entered: how many of which unit."""

    name: str
    many: str
    units: Choices


@dataclass(frozen=True, slots=True)
class Row:
    """A condition or an act on the page: what it is, and what is entered for it.

    `choices` are offered where there is something to choose, else `typed` is what was typed.
    """

    name: str
    group: str
    number: int
    kinds: Choices
    asks: Choices = ()
    choices: Choices = ()
    is_many: bool = False
    typed: str = ""
    needs_value: bool = False
    needs_words: bool = False
    words: str = ""
    length: Length | None = None
    problems: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """All rows of a rule."""

    when: Row
    basis: Choices
    groups: Mapping[str, Sequence[Row]]
    stops: bool


def rule_in(data: QueryDict, sorts: Mapping[str, str]) -> Rule:
    """Return the rule that a sent page says, as far as it is filled in."""
    rule = Rule(
        when=_when(data),
        **{name: tuple(_conditions(data, name, sorts)) for name in GROUPS},
        then=tuple(_act(data, number) for number in _numbers(data, "then")),
        stops="stops" in data,
    )
    return _changed(rule, data.get("do", ""))


def sheet_of(
    rule: Rule, names: Names, sorts: Mapping[str, str], problems: Sequence[tuple[Problem, str]]
) -> Sheet:
    """Return the rows in which a rule is entered, with what is wrong at each."""
    when = rule.when
    named = spec.NAMING.get(when.kind, "")
    return Sheet(
        when=Row(
            name="when",
            group="when",
            number=0,
            kinds=_chosen(trigger_choices(), when.kind),
            choices=_chosen({"": _any_of(when.kind)} | names.choices(named), when.value)
            if named
            else (),
            length=_length("when", when.minutes) if when.kind in spec.TIMED else None,
            problems=_at("when", problems),
        ),
        basis=_bases(when) if when.kind in spec.IN_HOURS else (),
        groups={
            **{
                name: [
                    _condition_row(name, number, one, names, sorts, problems)
                    for number, one in enumerate(getattr(rule, name))
                ]
                for name in GROUPS
            },
            "then": [
                _act_row(number, act, names, problems) for number, act in enumerate(rule.then)
            ],
        },
        stops=rule.stops,
    )


def _any_of(kind: str) -> str:
    return _("(not chosen yet)") if kind in spec.NEEDS_NAME else _("any of them")


def fresh_row(do: str, rule: Rule) -> str:
    """Return where the keyboard goes after a row came or went: to it, or to its group."""
    verb, _space, rest = do.partition(" ")
    group = rest.partition(" ")[0]
    if group not in (*GROUPS, "then") or verb not in {"add", "remove"}:
        return ""
    return f"{group}-{len(getattr(rule, group)) - 1}" if verb == "add" else group


def _changed(rule: Rule, do: str) -> Rule:
    """Return a rule with a row more or less, as a button says: “add every”, “remove then 0”."""
    verb, _space, rest = do.partition(" ")
    group, _space, number = rest.partition(" ")
    if group not in (*GROUPS, "then"):
        return rule
    rows = list(getattr(rule, group))
    if verb == "add":
        rows.append(Act("tag") if group == "then" else Condition("subject", spec.HAS))
    elif verb == "remove" and number.isdecimal() and int(number) < len(rows):
        del rows[int(number)]
    most = spec.MOST_ACTS if group == "then" else spec.MOST_CONDITIONS
    changed: dict[str, Any] = {group: tuple(rows[:most])}
    return replace(rule, **changed)


def _when(data: QueryDict) -> When:
    kind = data.get("when-kind", "created")
    return When(
        kind=kind,
        value=data.get("when-value", "") if kind in spec.NAMING else "",
        minutes=_minutes(data, "when") if kind in spec.TIMED else 0,
        basis=data.get("when-basis", spec.PLAIN) if kind in spec.IN_HOURS else spec.PLAIN,
    )


def _conditions(data: QueryDict, group: str, sorts: Mapping[str, str]) -> Iterator[Condition]:
    for number in _numbers(data, group):
        name = f"{group}-{number}"
        fact, asks = data.get(f"{name}-fact", ""), data.get(f"{name}-asks", "")
        offered = spec.ASKS.get(spec.sort_of(fact, dict(sorts)), ())
        is_same = data.get(f"{name}-was") in {None, fact}
        values = _values(data, name, fact, sorts) if is_same else ()
        asks = asks if asks in offered else next(iter(offered), "")
        yield Condition(fact, asks, () if asks in spec.ALONE else values)


def _values(data: QueryDict, name: str, fact: str, sorts: Mapping[str, str]) -> tuple[str, ...]:
    said = data.getlist(f"{name}-values")
    if spec.sort_of(fact, dict(sorts)) != spec.SET:
        said = [part for text in said for part in text.split(";")]
    elif fact == "customer":
        said = [number for text in said for number in _accounts(text)]
    kept = dict.fromkeys(value.strip()[: spec.LONGEST_VALUE] for value in said)
    return tuple(value for value in kept if value)[: spec.MOST_VALUES]


def _accounts(text: str) -> list[str]:
    """Return the accounts whose names begin so; what is none stays as it was typed."""
    found: list[str] = []
    for name in (part.strip() for part in text.split(";")):
        known = Customer.objects.filter(name__istartswith=name).order_by("name")
        numbers = [str(pk) for pk in known.values_list("pk", flat=True)[:MOST_FOUND]]
        found += numbers or [name]
    return found if text.strip() else []


def _act(data: QueryDict, number: int) -> Act:
    name = f"then-{number}"
    kind = data.get(f"{name}-kind", "")
    needs = spec.ACTS.get(kind, spec.Needs())
    is_same = data.get(f"{name}-was") in {None, kind}
    has_words = needs.words or kind in spec.MAY_HAVE_WORDS
    return Act(
        kind,
        value=data.get(f"{name}-value", "").strip() if needs.value and is_same else "",
        words=data.get(f"{name}-words", "").strip() if has_words else "",
        minutes=_minutes(data, name) if needs.minutes else 0,
    )


def _minutes(data: QueryDict, name: str) -> int:
    many = data.get(f"{name}-many", "").strip()
    if not (many.isascii() and many.isdecimal() and len(many) < len("1000000")):
        return 0
    unit = UNITS.get(data.get(f"{name}-unit", ""), 1)
    return min(int(many) * unit, spec.LONGEST_MINUTES)


def _numbers(data: QueryDict, group: str) -> list[int]:
    found = (NUMBERED.match(name) for name in data)
    return sorted({int(one[2]) for one in found if one and one[1] == group})


def _condition_row(  # All that a row is drawn from.
    group: str,
    number: int,
    one: Condition,
    names: Names,
    sorts: Mapping[str, str],
    problems: Sequence[tuple[Problem, str]],
) -> Row:
    sort = spec.sort_of(one.fact, dict(sorts))
    offered = names.choices(one.fact) if sort == spec.SET and one.fact != "customer" else {}
    gone = {value: names.of(one.fact, value) for value in one.values if value not in offered}
    return Row(
        name=f"{group}-{number}",
        group=group,
        number=number,
        kinds=_chosen(fact_choices(names), one.fact),
        asks=_chosen(ask_choices(sort), one.asks),
        choices=_chosen(offered | gone, *one.values) if offered else (),
        is_many=True,
        typed="; ".join(gone.values() if sort == spec.SET else one.values),
        needs_value=one.asks not in spec.ALONE,
        problems=_at(f"{group}.{number}", problems),
    )


def _act_row(
    number: int, act: Act, names: Names, problems: Sequence[tuple[Problem, str]]
) -> Row:
    needs = spec.ACTS.get(act.kind, spec.Needs())
    kind = f"do.{act.kind}" if act.kind != spec.PRIORITY else "priority"
    offered = names.choices(kind)
    if act.value and act.value not in offered and offered:
        offered |= {act.value: names.of(kind, act.value)}
    empty = {} if act.value in offered else {"": _("(not chosen yet)")}
    return Row(
        name=f"then-{number}",
        group="then",
        number=number,
        kinds=_chosen(act_choices(), act.kind),
        choices=_chosen(empty | offered, act.value) if needs.value and offered else (),
        typed=act.value,
        needs_value=needs.value,
        needs_words=needs.words or act.kind in spec.MAY_HAVE_WORDS,
        words=act.words,
        length=_length(f"then-{number}", act.minutes) if needs.minutes else None,
        problems=_at(f"then.{number}", problems),
    )


def _chosen(choices: Mapping[str, str], *chosen: str) -> Choices:
    return [(value, words, value in chosen) for value, words in choices.items()]


def _length(name: str, minutes: int) -> Length:
    fitting = (unit for unit, length in UNITS.items() if minutes and minutes % length == 0)
    unit = list(fitting)[-1] if minutes else "days"
    words = {"minutes": _("minutes"), "hours": _("hours"), "days": _("days")}
    many = str(minutes // UNITS[unit]) if minutes else ""
    return Length(name, many, _chosen(words, unit))


def _bases(when: When) -> Choices:
    words = {spec.PLAIN: _("around the clock"), spec.SUPPORT: _("of support hours")}
    return _chosen(words, when.basis)


def _at(place: str, problems: Sequence[tuple[Problem, str]]) -> list[str]:
    return [
        words
        for problem, words in problems
        if problem.place.startswith(f"{place}.") and not problem.is_warning
    ]

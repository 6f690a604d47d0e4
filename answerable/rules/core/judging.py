"""Says whether a rule holds for a ticket, from facts; what is not known stays so. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from answerable.rules.core import spec
from answerable.rules.core.reading import Condition, Rule, When, number_in


@dataclass(frozen=True, slots=True)
class Facts:
    """What is so of a ticket at an instant: its sets, texts and numbers, and what of it nobody
    knows any more. A fact that stands in none of them is empty."""

    sets: Mapping[str, frozenset[str]] = field(default_factory=dict)
    texts: Mapping[str, str] = field(default_factory=dict)
    numbers: Mapping[str, float] = field(default_factory=dict)
    unknown: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Happening:
    """A line of a log: its verb, and what it names (labels, fields)."""

    verb: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a rule holds (None: nobody knows), and what was asked, each with its answer."""

    holds: bool | None
    answers: tuple[tuple[str, bool | None], ...] = ()


def happening_of(verb: str, data: Mapping[str, object], *, is_strangers: bool) -> Happening:
    """Return what a line of a log says happened, with the labels and fields that it names.

    What a stranger sent arrives when somebody lets it in. Of promises, only guarantees count:
    a missed aim breaks none.
    """
    if verb == "opened" and is_strangers:
        return Happening("opened_for_review")
    if verb in {"clock_missed", "clock_met"} and data.get("kind") != "guarantee":
        return Happening("clock_of_no_promise")
    slugs, changes = data.get("slugs"), data.get("changes")
    names = [str(slug) for slug in slugs] if isinstance(slugs, list) else []
    for change in changes if isinstance(changes, list) else ():
        names.append(str(change.get("key", "")) if isinstance(change, Mapping) else "")
    return Happening(verb, frozenset(names))


def is_woken(when: When, happening: Happening) -> bool:
    """Say whether a line of the log wakes a rule."""
    if happening.verb not in spec.EVENTS.get(when.kind, ()):
        return False
    return not when.value or when.value in happening.names


def verdict(rule: Rule, facts: Facts) -> Verdict:
    """Return whether a rule's conditions hold. Total: any rule, whatever it says, has one.

    All of `every` hold, one of `some` where there are any, and none of `never`.
    """
    every = [answer(one, facts) for one in rule.every]
    some = [answer(one, facts) for one in rule.some]
    never = [answer(one, facts) for one in rule.never]
    parts = [_all(every), _any(some) if some else True, _not(_any(never))]
    return Verdict(_all(parts), tuple(_named(rule, [every, some, never])))


def answer(one: Condition, facts: Facts) -> bool | None:
    """Return whether one condition holds; None where that is not known."""
    if one.fact in facts.unknown:
        return None
    if one.fact in facts.numbers:
        return _of_number(one, facts.numbers[one.fact])
    if one.fact in facts.texts:
        return _of_text(one, facts.texts[one.fact])
    return _of_set(one, facts.sets.get(one.fact, frozenset()))


def _of_set(one: Condition, there: frozenset[str]) -> bool:
    if one.asks in spec.ALONE:
        return bool(there) == (one.asks == spec.FILLED)
    denied = one.asks in {spec.IS_NOT, spec.LACKS}
    if one.asks not in {spec.IS, spec.IS_NOT, spec.LACKS}:
        return False  # Nothing is there that contains something, or is at least as much.
    return bool(there & set(one.values)) != denied


def _of_text(one: Condition, text: str) -> bool:
    said = text.casefold()
    asks = TEXTS.get(one.asks)
    return asks(said, [value.casefold() for value in one.values]) if asks else False


def _of_number(one: Condition, number: float) -> bool:
    if one.asks in spec.ALONE:
        return one.asks == spec.FILLED
    bounds = [bound for value in one.values if (bound := number_in(value)) is not None]
    if one.asks == spec.AT_LEAST:
        return any(number >= bound for bound in bounds)
    return one.asks == spec.AT_MOST and any(number <= bound for bound in bounds)


TEXTS: Mapping[str, Callable[[str, Sequence[str]], bool]] = {
    spec.HAS: lambda said, values: any(value in said for value in values),
    spec.LACKS: lambda said, values: not any(value in said for value in values),
    spec.BEGINS: lambda said, values: said.startswith(tuple(values)),
    spec.IS: lambda said, values: said.strip() in values,
    spec.IS_NOT: lambda said, values: said.strip() not in values,
    spec.FILLED: lambda said, values: bool(said.strip()),
    spec.EMPTY: lambda said, values: not said.strip(),
}


def _named(
    rule: Rule, answers: Sequence[Sequence[bool | None]]
) -> Iterable[tuple[str, bool | None]]:
    for name, of_group in zip(("every", "some", "never"), answers, strict=True):
        for place, said in enumerate(of_group):
            yield f"{name}.{place}", said


def _all(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    if False in found:
        return False
    return None if None in found else True


def _any(answers: Iterable[bool | None]) -> bool | None:
    found = list(answers)
    if True in found:
        return True
    return None if None in found else False


def _not(one: bool | None) -> bool | None:
    return None if one is None else not one

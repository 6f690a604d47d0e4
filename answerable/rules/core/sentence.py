"""One readable sentence for a rule, in whichever language the phrases are. Pure.

A phrase is a text with gaps; who calls says it in the reader's language and knows the names.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from answerable.rules.core import spec
from answerable.rules.core.reading import Act, Condition, Rule, When

# Takes what something is (a fact, an act, a trigger) and a value; returns what it is called.
Name = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Phrases:
    """The words of a language: of triggers, questions and acts, and what joins them.

    `facts` are what facts are called (“its subject”), `asks` a question of one (“{fact} is
    {values}”), by sort and question; some
    facts, and some of their values (“assignee=nobody”), have words of their own.
    """

    triggers: Mapping[str, str]
    facts: Callable[[str], str]
    asks: Mapping[tuple[str, str], str]
    acts: Mapping[str, str]
    both: str  # “{first} and {last}”
    either: str  # “{first} or {last}”
    comma: str
    whole: str  # “When {when}, {then}.”
    unless: str
    last: str
    quoted: str
    support: str
    nothing: str
    unknown: str
    length: Callable[[int], str]


def sentence(rule: Rule, phrases: Phrases, name: Name, sorts: Mapping[str, str]) -> str:
    """Return what a rule does, as one sentence that is never empty.

    `sorts` says of which sort the vendor's own fields are.
    """
    kinds = dict(sorts)
    when = [_when(rule.when, phrases, name)]
    when += [_condition(one, phrases, name, kinds) for one in rule.every]
    some = [_condition(one, phrases, name, kinds) for one in rule.some]
    if some:
        when.append(joined(some, phrases.either, phrases.comma))
    acts = [_act(act, phrases, name) for act in rule.then] or [phrases.nothing]
    never = [_condition(one, phrases, name, kinds) for one in rule.never]
    said = phrases.whole.format(
        when=joined(when, phrases.both, phrases.comma),
        then=joined(acts, phrases.both, phrases.comma),
        unless=phrases.unless.format(what=joined(never, phrases.either, phrases.comma))
        if never
        else "",
    )
    said = said[:1].upper() + said[1:]
    return f"{said} {phrases.last}" if rule.stops else said


def joined(parts: Sequence[str], last: str, comma: str) -> str:
    """Return “a”, “a and b”, or “a, b and c”."""
    if len(parts) < 2:
        return "".join(parts)
    return last.format(first=comma.join(parts[:-1]), last=parts[-1])


def _when(when: When, phrases: Phrases, name: Name) -> str:
    named = spec.NAMING.get(when.kind)
    key = f"{when.kind}.named" if named and when.value else when.kind
    said = phrases.triggers.get(key, phrases.unknown)
    length = phrases.length(when.minutes)
    if when.kind in spec.IN_HOURS and when.basis == spec.SUPPORT:
        length = phrases.support.format(length=length)
    return said.format(what=name(named or when.kind, when.value), length=length)


def _condition(one: Condition, phrases: Phrases, name: Name, kinds: dict[str, str]) -> str:
    sort = spec.sort_of(one.fact, kinds)
    ways = (f"{one.fact}={','.join(one.values)}", one.fact, sort)
    said = next(
        (phrases.asks[way, one.asks] for way in ways if (way, one.asks) in phrases.asks), None
    )
    if said is None:
        return phrases.unknown
    values = [_value(one.fact, sort, value, phrases, name) for value in one.values]
    return said.format(
        fact=phrases.facts(one.fact),
        values=joined(values or [phrases.unknown], phrases.either, phrases.comma),
    )


def _value(fact: str, sort: str, value: str, phrases: Phrases, name: Name) -> str:
    if sort == spec.TEXT:
        return phrases.quoted.format(text=value)
    return value if sort == spec.NUMBER else name(fact, value)


def _act(act: Act, phrases: Phrases, name: Name) -> str:
    said = phrases.acts.get(act.kind, phrases.unknown)
    words = act.words
    if act.kind == spec.SET_FIELD and words:
        words = name(f"{spec.FIELD}{act.value}", words)
    return said.format(
        what=name(f"do.{act.kind}", act.value) if act.value else phrases.unknown,
        words=phrases.quoted.format(text=words) if words else phrases.unknown,
        length=phrases.length(act.minutes),
    )

"""A rule is judged, said and read back, whatever it says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.rules.core import spec
from answerable.rules.core.guards import Guard, Origin, origin_of, stopped_by
from answerable.rules.core.judging import Facts, Happening, is_woken, verdict
from answerable.rules.core.reading import (
    Act,
    Condition,
    Rule,
    When,
    as_data,
    problems_of,
    rule_of,
)
from answerable.rules.core.sentence import Phrases, joined, sentence

WORD = st.text(min_size=1, max_size=12).map(str.strip).filter(lambda text: "\x00" not in text)
VALUES = st.lists(WORD.filter(bool), max_size=4, unique=True).map(tuple)
CONDITIONS = st.lists(
    st.builds(
        Condition,
        fact=st.sampled_from([*spec.FACTS, "field.size", "nonsense", ""]),
        asks=st.sampled_from([ask for asks in spec.ASKS.values() for ask in asks]),
        values=VALUES,
    ),
    max_size=4,
).map(tuple)
RULES = st.builds(
    Rule,
    when=st.builds(
        When,
        kind=st.sampled_from([*spec.TRIGGERS, "never"]),
        value=WORD,
        minutes=st.integers(0, spec.LONGEST_MINUTES),
        basis=st.sampled_from([spec.PLAIN, spec.SUPPORT]),
    ),
    every=CONDITIONS,
    some=CONDITIONS,
    never=CONDITIONS,
    then=st.lists(
        st.builds(
            Act,
            kind=st.sampled_from([*spec.ACTS, "dance"]),
            value=WORD,
            words=WORD,
            minutes=st.integers(0, spec.LONGEST_MINUTES),
        ),
        max_size=4,
    ).map(tuple),
    stops=st.booleans(),
)
FACTS = st.builds(
    Facts,
    sets=st.dictionaries(st.sampled_from(spec.SETS), VALUES.map(frozenset), max_size=6),
    texts=st.dictionaries(st.sampled_from(spec.TEXTS), st.text(max_size=40), max_size=3),
    numbers=st.dictionaries(st.sampled_from(spec.NUMBERS), st.floats(0, 1e6), max_size=2),
    unknown=st.sets(st.sampled_from(spec.SETS), max_size=2).map(frozenset),
)
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner),
    max_leaves=12,
)
PHRASES = Phrases(
    triggers=dict.fromkeys(spec.TRIGGERS, "something happens to {what} in {length}"),
    facts=lambda fact: fact,
    asks={(sort, ask): "{fact} {values}" for sort, all_ in spec.ASKS.items() for ask in all_},
    acts=dict.fromkeys(spec.ACTS, "do {what} {words} {length}"),
    both="{first} and {last}",
    either="{first} or {last}",
    comma=", ",
    whole="When {when}, {then}{unless}.",
    unless=", unless {what}",
    last="No other rule looks.",
    quoted="“{text}”",
    support="{length} of hours",
    nothing="do nothing",
    unknown="(nothing)",
    length=lambda minutes: f"{minutes} min",
)


@given(RULES, FACTS)
def test_judging_is_total(rule: Rule, facts: Facts) -> None:
    told = verdict(rule, facts)
    assert told.holds in {True, False, None}
    assert len(told.answers) == len(rule.conditions)


@given(RULES)
def test_a_sentence_is_never_empty_and_always_ends(rule: Rule) -> None:
    said = sentence(rule, PHRASES, lambda kind, value: value, {})
    assert said.startswith("When ")
    assert said.rstrip().endswith(".")
    assert said == sentence(rule, PHRASES, lambda kind, value: value, {})


@given(RULES)
def test_a_rule_is_read_back_as_it_was_written(rule: Rule) -> None:
    once = rule_of(as_data(rule))
    assert rule_of(as_data(once)) == once
    assert [act.kind for act in once.then] == [act.kind for act in rule.then]
    assert [one.fact for one in once.every] == [one.fact for one in rule.every]


@given(ANYTHING)
def test_whatever_is_read_becomes_a_rule(data: object) -> None:
    rule = rule_of(data)
    assert problems_of(rule)  # It does nothing, at least.
    assert verdict(rule, Facts()).holds in {True, False}


@given(RULES)
def test_problems_stand_in_the_order_of_the_parts_and_at_places_that_there_are(
    rule: Rule,
) -> None:
    found = problems_of(rule)
    assert found == problems_of(rule)
    for problem in found:
        part, _dot, rest = problem.place.partition(".")
        if part in {"every", "some", "never"} and rest:
            assert int(rest.split(".")[0]) < len(getattr(rule, part))


def is_true(fact: str, asks: str, *values: str, **facts: object) -> bool | None:
    rule = Rule(every=(Condition(fact, asks, values),))
    return verdict(rule, Facts(**facts)).holds  # type: ignore[arg-type]  # Facts of the case.


@pytest.mark.parametrize(
    ("fact", "asks", "values", "holds"),
    [
        ("tag", "is", ["vip", "billing"], True),
        ("tag", "is", ["spam"], False),
        ("tag", "is_not", ["spam"], True),
        ("plan", "is", ["premium"], False),
        ("subject", "contains", ["INVOICE"], True),
        ("subject", "lacks", ["invoice"], False),
        ("subject", "begins", ["your"], True),
        ("subject", "filled", [], True),
        ("age", "at_least", ["2,5"], True),
        ("age", "at_most", ["2"], False),
        ("age", "at_least", ["many"], False),
    ],
)
def test_a_condition_asks_of_sets_texts_and_numbers(
    fact: str, asks: str, values: list[str], *, holds: bool
) -> None:
    facts = {
        "sets": {"tag": frozenset({"billing"})},
        "texts": {"subject": "Your Invoice of May"},
        "numbers": {"age": 3.0},
    }
    assert is_true(fact, asks, *values, **facts) is holds


def test_of_what_nobody_knows_nothing_is_said() -> None:
    unknown = {"unknown": frozenset({"clock"})}
    assert is_true("clock", "is", "late", **unknown) is None
    late = Condition("clock", "is", ("late",))
    billing = Condition("tag", "is", ("billing",))
    both = Rule(every=(late, billing))
    assert verdict(both, Facts(**unknown)).holds is False  # type: ignore[arg-type]  # A set.


def test_some_needs_one_and_never_none() -> None:
    vip, spam = Condition("tag", "is", ("vip",)), Condition("tag", "is", ("spam",))
    rule = Rule(some=(vip, spam), never=(spam,))
    assert verdict(rule, Facts(sets={"tag": frozenset({"vip"})})).holds is True
    assert verdict(rule, Facts(sets={"tag": frozenset({"vip", "spam"})})).holds is False
    assert verdict(rule, Facts()).holds is False


def test_a_line_wakes_a_rule_that_names_it_or_names_nothing() -> None:
    tagged = Happening("tagged", frozenset({"vip"}))
    assert is_woken(When("tagged"), tagged)
    assert is_woken(When("tagged", "vip"), tagged)
    assert not is_woken(When("tagged", "spam"), tagged)
    assert not is_woken(When("untouched"), tagged)


def codes(rule: Rule, **known: frozenset[str]) -> list[tuple[str, str]]:
    found = problems_of(rule, known=known)
    return [(problem.place, problem.code) for problem in found]


def test_each_problem_stands_at_its_place() -> None:
    rule = Rule(
        when=When("untouched"),
        every=(Condition("subject", "contains"), Condition("mood", "is", ("bad",))),
        then=(Act("resolve"), Act("webhook", "ftp://x"), Act("tag", "gone")),
    )
    assert codes(rule, **{"do.tag": frozenset({"vip"})}) == [
        ("when.minutes", "time_missing"),
        ("every.0.values", "value_missing"),
        ("every.1.fact", "unknown_fact"),
        ("then.0.words", "words_missing"),
        ("then.1.value", "no_address"),
        ("then.2.value", "gone"),
    ]


def test_what_matches_everything_and_what_wakes_itself_are_warnings() -> None:
    rule = Rule(when=When("tagged", "vip"), then=(Act("tag", "vip"),))
    found = problems_of(rule)
    assert [(one.code, one.is_warning) for one in found] == [
        ("everything", True),
        ("wakes_itself", True),
    ]


def test_a_rule_is_never_woken_by_itself_and_a_chain_ends_at_five() -> None:
    def guard(rule: int, *chain: int, acts: int = 0, paused: bool = False) -> Guard | None:
        origin = Origin(chain)
        return stopped_by(rule, origin, acts=acts, wanted=2, most=20, is_paused=paused)

    assert guard(1) is None
    assert guard(1, 1) == Guard.ITSELF
    assert guard(1, 2, 1, 3) == Guard.ITSELF
    assert guard(9, 1, 2, 3, 4) is None
    assert guard(9, 1, 2, 3, 4, 5) == Guard.CHAIN
    assert guard(1, acts=18) is None
    assert guard(1, acts=19) == Guard.TOO_MANY
    assert guard(1, paused=True) == Guard.PAUSED


@given(ANYTHING)
def test_an_origin_is_read_from_whatever_a_line_says(data: object) -> None:
    assert origin_of({"cause": data}).depth >= 0
    assert origin_of(data).chain == () or isinstance(data, dict)


def test_parts_are_joined_as_one_says_them() -> None:
    assert joined([], "{first} and {last}", ", ") == ""
    assert joined(["a"], "{first} and {last}", ", ") == "a"
    assert joined(["a", "b", "c"], "{first} and {last}", ", ") == "a, b and c"

"""The most specific row wins, whatever the order; a plan without ties has one winner."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product

from hypothesis import assume, given
from hypothesis import strategies as st

from answerable.entitlements.actions import SHIPPED, read_plan_file
from answerable.entitlements.core.eligibility import Ask, Bought, Facts, Runs, Term, decide
from answerable.entitlements.core.plan import Kind, Requester, Target
from answerable.entitlements.core.reading import read_terms
from answerable.entitlements.core.specific import specificity, ties

AT = datetime(2026, 3, 6, 8, tzinfo=UTC)
EVER = Term(AT - timedelta(days=9), None)
PEOPLE = {
    one.key: one
    for one in (
        Requester("all", "anybody", None, False, None),
        Requester("seat", "with a seat", None, False, "paid"),
        Requester("admin", "administrator", "admin", False, None),
        Requester("named", "named administrator", "admin", True, "paid"),
        Requester("owner", "owner", "owner", False, None),
    )
}
TERMS = replace(
    read_terms(read_plan_file(SHIPPED / "premium.toml")),
    requesters=PEOPLE,
    channels={},
    languages=(),
    tier=None,
    products=frozenset(),
)


def some(*words: str) -> st.SearchStrategy[tuple[str, ...]]:
    return st.lists(st.sampled_from(words), max_size=2, unique=True).map(tuple)


rows = st.builds(
    Target,
    key=st.just(""),
    metric=st.sampled_from(["first_response", "next_response"]),
    severity=st.sampled_from([None, "high", "low"]),
    requester=st.sampled_from(sorted(PEOPLE)),
    channels=some("form", "email"),
    within=st.just(timedelta(hours=1)),
    calendar=st.just("always"),
    kind=st.just(Kind.GUARANTEE),
    languages=some("en", "de"),
    environments=some("production", "staging"),
    products=st.just(()),
)
matrices = st.lists(rows, min_size=1, max_size=5).map(
    lambda found: [replace(row, key=str(number)) for number, row in enumerate(found)]
)
people = st.builds(
    Facts,
    known=st.just(True),
    role=st.sampled_from(["admin", "owner", None]),
    seat=st.sampled_from(["paid", None]),
    designations=st.sampled_from([(), ((1, EVER),)]),
    runs=st.just((Runs("service", "enterprise", EVER),)),
    bought=st.just(()),
)
ASKS = [
    Ask(channel, "web", language, severity, AT, environment)
    for channel, language, severity, environment in product(
        ("form", "email"), ("en", "de"), ("high", "low"), ("production", "staging")
    )
]


def winners(targets: list[Target], facts: Facts, ask: Ask) -> list[str]:
    bought = Bought(1, 7, replace(TERMS, targets=tuple(targets)), EVER, "active")
    verdict = decide(replace(facts, bought=(bought,)), ask)
    return sorted(row.key for row in (verdict.target, *verdict.others) if row)


def alone(row: Target, facts: Facts, ask: Ask) -> bool:
    return winners([row], facts, ask) == [row.key]


@given(matrices, people, st.permutations(range(5)))
def test_it_has_one_winner_for_every_request_in_any_order(
    targets: list[Target], facts: Facts, order: list[int]
) -> None:
    assume(not ties(targets, PEOPLE))
    turned = [targets[number] for number in order if number < len(targets)]
    for ask in ASKS:
        fitting = [row for row in targets if alone(row, facts, ask)]
        expected = []
        for metric in {row.metric for row in fitting}:
            rows = [row for row in fitting if row.metric == metric]
            top = max(specificity(row, PEOPLE) for row in rows)
            (best,) = (row.key for row in rows if specificity(row, PEOPLE) == top)
            expected.append(best)
        assert winners(targets, facts, ask) == sorted(expected)
        assert winners(turned, facts, ask) == sorted(expected)


@given(matrices)
def test_a_tie_is_one_that_somebody_can_meet(targets: list[Target]) -> None:
    everybody = [
        Facts(True, role, seat, named, (), ())
        for role, seat, named in product(
            ("admin", "owner", None), ("paid", None), ((), ((1, EVER),))
        )
    ]
    for one, other in ties(targets, PEOPLE):
        assert any(
            alone(one, facts, ask) and alone(other, facts, ask)
            for facts in everybody
            for ask in ASKS
        )

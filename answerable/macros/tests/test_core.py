"""Gaps, order and acts of macros, as rules."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.macros.core.gaps import filled, gaps_in
from answerable.macros.core.ranking import Candidate, ranked
from answerable.macros.core.staged import Act, acts_of, as_data, days_and_reason, macros_of

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner),
    max_leaves=10,
)


def test_what_is_known_is_filled_in_and_the_rest_stays() -> None:
    known = {"person": "Dana", "customer": ""}
    text = filled("Hello {person} of {customer}: {ticket.eta}, {Not one}", known)
    assert text == "Hello Dana of {customer}: {ticket.eta}, {Not one}"
    assert gaps_in(text) == ["customer", "ticket.eta"]


def test_what_a_value_says_is_no_gap() -> None:
    assert filled("{ticket.subject}", {"ticket.subject": "{person}"}) == "{person}"


def test_used_here_comes_first_then_the_product_then_the_name() -> None:
    all_of_them = [
        Candidate(1, "Zebra", ""),
        Candidate(2, "Apple", "sales"),
        Candidate(3, "banana", ""),
        Candidate(4, "Pear", "service"),
        Candidate(5, "Other", "sales"),
    ]
    assert ranked(all_of_them, used_here={5}, product="service") == [5, 4, 3, 1, 2]


def test_acts_are_done_in_one_order_and_each_once() -> None:
    acts = [Act("resolve"), Act("add_tag", "cert"), Act("add_tag", "cert"), Act("assign", "me")]
    assert acts_of(as_data(acts)) == [
        Act("add_tag", "cert"),
        Act("assign", "me"),
        Act("resolve"),
    ]


@given(data=ANYTHING)
def test_data_that_is_no_act_is_left_out(data: object) -> None:
    assert acts_of(data) == []
    assert all(number > 0 for number in macros_of(data))


def test_a_hold_has_days_or_none() -> None:
    assert days_and_reason("3 Vendor looks") == (3, "Vendor looks")
    assert days_and_reason(" Vendor looks") == (0, "Vendor looks")

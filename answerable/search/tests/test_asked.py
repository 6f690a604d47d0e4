"""What somebody typed, taken apart."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from answerable.search.core.asked import LONGEST, OPERATORS, understood


def test_it_knows_words_phrases_and_what_is_kept_out() -> None:
    asked = understood('Export "error 17" -staging Export')
    assert asked.words == ("export",)
    assert asked.phrases == (("error", "17"),)
    assert asked.without == ("staging",)


def test_it_knows_operators_with_quoted_values() -> None:
    asked = understood('from:"Nordwind GmbH" is:late before:2026-03-01 login')
    assert asked.narrowed == (
        ("from", "Nordwind GmbH"),
        ("is", "late"),
        ("before", "2026-03-01"),
    )
    assert asked.dates == {"before": date(2026, 3, 1)}
    assert asked.words == ("login",)


def test_it_says_what_it_does_not_understand() -> None:
    asked = understood("is:happy before:yesterday from: login")
    assert asked.unknown == ("is:happy", "before:yesterday")
    assert asked.words == ("from", "login")


def test_a_number_alone_is_a_tickets() -> None:
    assert understood(" #4821 ").number == 4821
    assert understood("error 17").number is None


def test_what_looks_like_an_operator_and_is_none_are_words() -> None:
    assert understood("http://nordwind.example").words == ("http", "nordwind", "example")


def test_the_last_word_may_go_on_while_one_types() -> None:
    assert understood("login expo", as_typed=True).open == "expo"
    assert understood("login expo ", as_typed=True).open == ""
    assert understood("login expo").open == ""


@given(st.text(max_size=LONGEST + 20))
def test_whatever_is_typed_is_taken_apart(text: str) -> None:
    asked = understood(text, as_typed=True)
    assert all(name in OPERATORS and value for name, value in asked.narrowed)
    assert all(
        word.isalnum() and word == word.lower() for word in (*asked.words, *asked.without)
    )
    assert len(set(asked.words)) == len(asked.words)
    assert asked.open in {"", *asked.words}

"""What is entered in fields becomes one thing, or is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.core.fields import KINDS, Said, Unfit, Value, checked, typed

KEYS = ("alpha", "beta", "gamma")
SAID = st.text(max_size=40) | st.lists(st.text(max_size=10) | st.sampled_from(KEYS), max_size=4)
NUMBERS = st.decimals(-(10**18) + 1, 10**18 - 1, places=6)


@given(st.sampled_from(KINDS), SAID)
def test_what_is_kept_is_entered_again_as_what_it_is(kind: str, said: Said) -> None:
    try:
        value = checked(kind, said, KEYS)
    except Unfit:
        return
    assert checked(kind, typed(value), KEYS) == value


@given(NUMBERS)
def test_every_number_of_its_size_is_kept_as_it_is(number: Decimal) -> None:
    assert checked("number", format(number, "f")) == number
    assert checked("number", format(number, "f").replace(".", ",")) == number


@given(st.dates())
def test_every_date_is_kept_as_it_is(day: date) -> None:
    assert checked("date", day.isoformat()) == day


@given(st.lists(st.sampled_from(KEYS)))
def test_several_choices_are_kept_once_each_in_one_order(chosen: list[str]) -> None:
    value = checked("choices", chosen, KEYS)
    assert value == (tuple(sorted(set(chosen))) or None)


@given(st.sampled_from(KINDS), st.text(" \t\n\xa0", max_size=5))
def test_spaces_are_nothing(kind: str, said: str) -> None:
    assert checked(kind, said, KEYS) is None


@pytest.mark.parametrize(
    ("kind", "said", "value"),
    [
        ("text", "  two   words ", "two words"),
        ("long_text", " two\n\nlines ", "two\n\nlines"),
        ("number", "1 000,50", Decimal("1000.5")),
        ("number", "-0", Decimal(0)),
        ("date", "2024-02-29", date(2024, 2, 29)),
        ("choice", "beta", "beta"),
        ("choices", ["gamma", "", "alpha"], ("alpha", "gamma")),
        ("choices", "beta", ("beta",)),
        ("yes_no", "no", False),
        ("yes_no", ["yes"], True),
    ],
)
def test_it_is_kept_as_one_thing(kind: str, said: Said, value: Value) -> None:
    assert checked(kind, said, KEYS) == value


@pytest.mark.parametrize(
    ("kind", "said", "why"),
    [
        ("text", "x" * 201, "long"),
        ("long_text", "x" * 10_001, "long"),
        ("number", "1.000,5", "number"),
        ("number", "1e3", "number"),
        ("number", "٣", "number"),
        ("number", "1" * 19, "number"),
        ("number", "0.1234567", "number"),
        ("date", "20240229", "date"),
        ("date", "2023-02-29", "date"),
        ("choice", "delta", "choice"),
        ("choices", ["alpha", "delta"], "choices"),
        ("yes_no", "perhaps", "yes_no"),
    ],
)
def test_what_is_of_another_kind_is_refused(kind: str, said: Said, why: str) -> None:
    with pytest.raises(Unfit) as refused:
        checked(kind, said, KEYS)
    assert refused.value.why == why

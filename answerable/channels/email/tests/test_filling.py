"""Texts with gaps are filled, and what cannot be filled is found."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.filling import (
    filled,
    gaps_in,
    has_loose_brace,
    unknown_gaps,
)

VALUES = {"agent": "Ana Silva", "title": "", "vendor": "Acme"}


def test_it_fills_gaps_and_leaves_out_lines_that_would_be_empty() -> None:
    assert filled("{agent}\n{title}\n{vendor} Support", VALUES) == "Ana Silva\nAcme Support"
    assert filled("{agent}, {title}\n\nBye", VALUES) == "Ana Silva,\n\nBye"


def test_what_a_value_says_is_no_gap() -> None:
    assert filled("{agent}", VALUES | {"agent": "{vendor}"}) == "{vendor}"


def test_it_finds_what_nobody_fills() -> None:
    assert gaps_in("{agent} {x} {agent}") == ["agent", "x"]
    assert unknown_gaps("{agent} {x} {}", VALUES) == ["x", ""]
    with pytest.raises(KeyError):
        filled("{x}", VALUES)


@pytest.mark.parametrize(
    ("text", "loose"),
    [("{a}", False), ("{a", True), ("a}", True), ("{{a}}", True), ("", False)],
)
def test_it_finds_a_brace_that_stands_alone(text: str, loose: bool) -> None:
    assert has_loose_brace(text) is loose


@given(text=st.text("ab{}\n ", max_size=30))
def test_what_has_no_finding_can_be_filled(text: str) -> None:
    values = {"a": "x", "b": ""}
    if not unknown_gaps(text, values) and not has_loose_brace(text):
        assert "{" not in filled(text, values)

"""A value is changed in the text of a plan, and all else stays to the letter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.entitlements.core.document import read_document
from answerable.entitlements.core.lines import spans_of
from answerable.entitlements.core.rewriting import with_value
from answerable.entitlements.core.wrong import Path
from answerable.entitlements.files import SHIPPED, read_plan_text

TEXTS = [read_plan_text(file) for file in sorted(SHIPPED.glob("*.toml"))]
WORDS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


def places(text: str) -> list[Path]:
    """Where a plan's text has a text as the value of a row."""
    return [
        ("targets", number, name)
        for number, row in enumerate(read_document(text)["targets"])
        for name, value in row.items()
        if isinstance(value, str)
    ]


@given(st.data(), WORDS)
def test_it_reads_as_the_same_plan_but_for_that_value(data: st.DataObject, words: str) -> None:
    text = data.draw(st.sampled_from(TEXTS))
    path = data.draw(st.sampled_from(places(text)))
    expected = read_document(text)
    expected["targets"][path[1]][path[2]] = words
    assert read_document(with_value(text, path, words)) == expected


def test_what_stands_around_it_stays() -> None:
    text = "a = 'one' # first\nb = {c = \"two\" , d = [ 3 , 'four' ]}  # more\n"
    assert with_value(text, ("a",), "x") == text.replace("'one'", '"x"')
    assert with_value(text, ("b", "c"), "x") == text.replace('"two"', '"x"')
    assert with_value(text, ("b", "d", 1), 'say "x"') == text.replace("'four'", '"say \\"x\\""')


def test_each_span_is_the_value_as_it_is_written() -> None:
    text = "a = 12   # twelve\nb = [ 1,\n 2 ]\n"
    spans = {path: text[begin:end] for path, (begin, end) in spans_of(text).items()}
    assert spans == {("a",): "12", ("b",): "[ 1,\n 2 ]", ("b", 0): "1", ("b", 1): "2"}


def test_a_place_that_is_not_there_is_said() -> None:
    with pytest.raises(KeyError):
        with_value("a = 1", ("b",), "x")

"""What a bulk reply says on a ticket."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.incidents.core.bulk import GAPS, said_on, unknown_gaps, with_status

VALUES = dict.fromkeys(GAPS, "") | {
    "name": "Dana Wolf",
    "status": "https://s.example/status/7/",
}


def test_gaps_are_filled_and_braces_stay() -> None:
    text = "Hello {name}, `{}` and {other} stay. {status}"
    assert said_on(text, VALUES) == (
        "Hello Dana Wolf, `{}` and {other} stay. https://s.example/status/7/"
    )
    assert unknown_gaps(text + " {name} {other}") == ["other"]


def test_a_value_is_never_a_gap() -> None:
    assert said_on("{name}", VALUES | {"name": "{status}"}) == "{status}"


@given(st.text())
def test_every_text_leads_to_the_status_page_once_it_is_sent(text: str) -> None:
    said = with_status(text, "More: {status}")
    assert "{status}" in said
    assert with_status(said, "More: {status}") == said


@given(st.text(alphabet=st.characters(exclude_characters="{}")))
def test_a_text_without_gaps_says_itself(text: str) -> None:
    assert said_on(text, VALUES) == text
    assert unknown_gaps(text) == []

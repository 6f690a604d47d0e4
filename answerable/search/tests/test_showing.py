"""The passage that shows what was found."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.search.core.showing import LENGTH, folded, passage

LONG = "Nothing to see here. " * 20 + "Since this morning all exports fail with an error. " * 5


def test_it_begins_a_little_before_what_was_found() -> None:
    pieces = passage(LONG, {"export"})
    assert pieces[0].text == "… "
    assert [each.text for each in pieces if each.is_found][:1] == ["exports"]
    assert sum(len(each.text) for each in pieces) <= LENGTH + len("…  …") + 1


def test_without_anything_found_it_is_the_beginning() -> None:
    pieces = passage("Sign-in is broken", {"export"})
    assert [(each.text, each.is_found) for each in pieces] == [("Sign-in is broken", False)]


def test_accents_make_no_difference() -> None:
    pieces = passage("Die Lösung hilft", {folded("losung")})
    assert [each.text for each in pieces if each.is_found] == ["Lösung"]


@given(
    st.text(max_size=600),
    st.sets(st.text(alphabet="abcdeäß", min_size=1, max_size=5), max_size=3),
)
def test_a_passage_is_a_part_of_the_text(text: str, found: set[str]) -> None:
    pieces = passage(text, found)
    flat = " ".join(text.split())
    shown = "".join(each.text for each in pieces)
    assert shown.removeprefix("… ").removesuffix(" …") in flat
    assert len(shown) <= LENGTH + len("…  …")

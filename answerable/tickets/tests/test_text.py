from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.text import clean, first_line


@pytest.mark.parametrize(
    ("it", "text", "kept"),
    [
        ("keeps letters of every script", "Grüße, 你好 👋🏽", "Grüße, 你好 👋🏽"),
        ("keeps tabs and lines", "a\tb\nc", "a\tb\nc"),
        ("makes line ends plain", "a\r\nb\rc", "a\nb\nc"),
        ("drops what cannot be kept", "a\x00b\x1bc\x7fd\ud800e", "abcde"),
    ],
)
def test_it(it: str, text: str, kept: str) -> None:
    assert clean(text) == kept, it


@given(st.text(st.characters(codec=None)))
def test_it_leaves_a_clean_text_alone_and_what_it_leaves_can_be_stored(text: str) -> None:
    kept = clean(text)
    assert clean(kept) == kept
    assert b"\x00" not in kept.encode()


def test_it_takes_the_first_line_that_says_something() -> None:
    assert first_line("\n \t\n  Exports   fail.\nSince Monday.") == "Exports fail."
    assert first_line(" \n") == ""

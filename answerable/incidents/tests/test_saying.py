"""In which language somebody reads what was written in several."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.incidents.core.saying import in_language

BOTH = {"en": "exports are slow", "de": "Exporte sind langsam"}


@pytest.mark.parametrize(
    ("texts", "language", "read"),
    [
        (BOTH, "de", "Exporte sind langsam"),
        (BOTH, "de-at", "Exporte sind langsam"),
        (BOTH, "fr", "exports are slow"),
        ({"de": "Exporte sind langsam"}, "en", "Exporte sind langsam"),
        ({"de": "", "en": "exports are slow"}, "de", "exports are slow"),
        ({}, "en", ""),
    ],
)
def test_a_reader_gets_the_nearest_language(
    texts: dict[str, str], language: str, read: str
) -> None:
    assert in_language(texts, language) == read


@given(st.dictionaries(st.sampled_from(["en", "de", "fr", "ja"]), st.text()), st.text())
def test_something_is_read_whenever_something_was_written(
    texts: dict[str, str], language: str
) -> None:
    assert bool(in_language(texts, language)) == any(texts.values())

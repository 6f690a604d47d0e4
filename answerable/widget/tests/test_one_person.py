"""A text about one person's trouble is told from one about everybody's."""

from __future__ import annotations

import pytest

from answerable.widget.core.one_person import sounds_like_one


@pytest.mark.parametrize(
    "text",
    ["My account cannot sign in", "How do I export?", "It happens only to me: just me.",
     "Nur bei mir lädt die Seite nicht", "One user cannot open it"],
)  # fmt: skip
def test_it_hears_one(text: str) -> None:
    assert sounds_like_one(text)


@pytest.mark.parametrize(
    "text",
    ["Nobody can sign in, my account neither", "Exports fail", "Alle Konten sind weg", ""],
)
def test_it_hears_no_one_where_many_are_meant_or_nobody(text: str) -> None:
    assert not sounds_like_one(text)

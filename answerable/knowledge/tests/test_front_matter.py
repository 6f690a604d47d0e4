"""What stands above a Markdown text is read, and written so that it is read the same again."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.core.front_matter import Unread, items, split, words, written


def test_it_reads_what_people_write_there() -> None:
    fields, body = split(
        "---\ntitle: \"Reset: how\" # ours\nProducts: [service, 'smart_crm']\nold:\n"
        "  - /a/b\n  - /c\nslug: reset # short\nempty:\n---\n\nText.\n"
    )
    assert fields == {
        "title": "Reset: how",
        "products": ["service", "smart_crm"],
        "old": ["/a/b", "/c"],
        "slug": "reset",
        "empty": "",
    }
    assert body == "Text.\n"


def test_it_reads_toml() -> None:
    fields, body = split(
        '+++\ntitle = "One"\nproducts = ["a"]\ndraft = true\nreview = 2026-11-01\n+++\nText'
    )
    assert fields == {"title": "One", "products": ["a"], "draft": "yes", "review": "2026-11-01"}
    assert body == "Text"


@pytest.mark.parametrize("text", ["Text\n---\n", "---\nno end", "----\na: b\n---\n", ""])
def test_it_takes_a_rule_for_a_rule(text: str) -> None:
    assert split(text) == ({}, text)


def test_it_says_which_line_it_cannot_read() -> None:
    with pytest.raises(Unread, match="Line 3"):
        split("---\na: b\n!!\n---\n")


PLAIN = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Zl", "Zp"]))


@given(PLAIN.map(str.strip), st.lists(PLAIN.map(str.strip).filter(bool)))
def test_it_reads_what_it_wrote(title: str, products: list[str]) -> None:
    fields, body = split(written({"title": title, "products": products}, "Text."))
    assert words(fields.get("title")) == title
    assert list(fields.get("products") or []) == products
    assert body == "Text.\n"


def test_it_takes_words_with_commas_for_a_list() -> None:
    assert items("a, b,,c ") == ("a", "b", "c")
    assert items(None) == ()

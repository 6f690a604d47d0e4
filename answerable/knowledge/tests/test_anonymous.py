"""An article that begins as an answer to somebody names nobody."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.core.anonymous import STANDS_FOR, Known, cleaned

DANA = Known(
    people=("Dana Wolf", "Sam Ortiz"),
    companies=("Nordwind GmbH", "Nordwind"),
    domains=("nordwind.example",),
)
ANSWER = """Hi Dana,

your export for Nordwind GmbH failed on #4711 because order 10023345 has no address.
I saw it at https://app.nordwind.example/orders?id=7 from 192.168.7.12 and wrote to
dana.wolf@nordwind.example. Call me at +49 30 1234567, or ask Sam's team at nordwind.example.

1. Open **Exports**, then choose `orders.csv`.
2. Wait 15 minutes. Version 18.6.1 is fixed. See https://help.vendor.example/help/en/exports/.

Token: 9f1c2d3e4b5a69788796a5b4c3d2e1f0, IBAN DE89 3704 0044 0532 0130 00
"""


def test_it_removes_what_tells_who_asked() -> None:
    text = cleaned(ANSWER, DANA, keep=["https://help.vendor.example/"]).text
    for words in ("Dana", "Wolf", "Sam", "Nordwind", "nordwind", "4711", "10023345", "192.168"):
        assert words not in text
    assert "1234567" not in text
    assert "9f1c2d3e" not in text
    assert "3704" not in text


def test_it_leaves_the_answer() -> None:
    text = cleaned(ANSWER, DANA, keep=["https://help.vendor.example/"]).text
    assert "1. Open **Exports**, then choose `orders.csv`." in text
    assert "2. Wait 15 minutes. Version 18.6.1 is fixed." in text
    assert "See https://help.vendor.example/help/en/exports/." in text


def test_it_lists_what_it_removed_and_how_often() -> None:
    removed = {(one.kind, one.words): one.times for one in cleaned(ANSWER, DANA).removed}
    assert removed["email", "dana.wolf@nordwind.example"] == 1
    assert removed["company", "Nordwind GmbH"] == 1
    assert removed["name", "Dana"] == 1
    assert removed["number", "#4711"] == 1
    assert removed["phone", "+49 30 1234567"] == 1


def test_it_takes_a_common_word_for_a_name_only_within_a_whole_one() -> None:
    known = Known(people=("Will Grace",))
    assert cleaned("Will Grace says it will work.", known).text == "[name] says it will work."


WORDS = st.text(alphabet="ab 12.@-#:/[]\n", max_size=120)
NAME = st.text("bdefgklm", min_size=4, max_size=9).map(str.title)


@given(WORDS, st.lists(NAME, max_size=3))
def test_it_changes_nothing_more_the_second_time(text: str, people: list[str]) -> None:
    once = cleaned(text, Known(people=tuple(people)))
    twice = cleaned(once.text, Known(people=tuple(people)))
    assert twice.text == once.text
    assert twice.removed == ()


@given(WORDS, NAME, NAME, WORDS)
def test_it_leaves_no_name(before: str, first: str, last: str, after: str) -> None:
    person = f"{first} {last}"
    text = cleaned(f"{before} {person} {after}", Known(people=(person,))).text
    for word in STANDS_FOR.values():
        text = text.replace(word, "")
    assert not re.search(rf"\b{re.escape(person)}\b", text)


@given(WORDS, st.text("bdfgk", min_size=2, max_size=8), WORDS)
def test_it_leaves_no_address(before: str, part: str, after: str) -> None:
    address = f"{part}@{part}.example"
    text = cleaned(f"{before} {address} {after}", Known()).text
    assert address not in text

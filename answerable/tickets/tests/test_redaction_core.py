"""What is taken out of texts is gone from them, however it was spaced, quoted or marked up."""

from __future__ import annotations

from html import escape, unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.core.redaction import (
    MARK,
    cards_in,
    holds,
    is_card,
    is_luhn,
    masked,
    without,
    without_in_html,
    without_in_json,
)

CARD = "4111 1111 1111 1111"
PASSAGES = st.text(
    st.characters(codec="utf-8", exclude_categories=("C", "Z", "M")), min_size=4, max_size=12
).filter(lambda text: MARK[0] not in text)
TEXTS = st.text(max_size=60)


@pytest.mark.parametrize(
    ("text", "cards"),
    [
        ("It is 4111 1111 1111 1111, thanks", [CARD]),
        ("4111111111111111", ["4111111111111111"]),
        ("4111-1111-1111-1111 and again 4111 1111 1111 1111", ["4111-1111-1111-1111"]),
        ("4111 1111 1111 1111 12 27 123", [CARD]),
        ("American: 3782 822463 10005", ["3782 822463 10005"]),
        ("Order 4111 1111 1111 1112", []),
        ("Call +49 30 1234 5678", []),
        ("1234567890123456789012", []),
    ],
)
def test_it_finds_numbers_of_cards_by_their_check(text: str, cards: list[str]) -> None:
    assert cards_in(text) == cards


@given(st.integers(10**11, 10**18 - 1))
def test_of_ten_last_digits_one_passes(body: int) -> None:
    assert sum(is_luhn(f"{body}{last}") for last in range(10)) == 1


def test_a_card_is_called_by_its_last_digits() -> None:
    assert masked(CARD) == "•••• 1111"
    assert is_card("4111-1111-1111-1111")
    assert not is_card("4111 1111 1111 1111 x")


@pytest.mark.parametrize(
    "written",
    [
        "4111111111111111",
        "4111-1111-1111-1111",
        "4111 1111\n> 1111 1111",
        "4111\u00a011111111 1111",
    ],
)
def test_a_card_is_removed_however_it_is_spaced(written: str) -> None:
    assert without(f"Mine is {written}.", CARD) == f"Mine is {MARK}."


def test_a_passage_is_removed_through_quotations_and_wrapped_lines() -> None:
    quoted = "> the password is correct\n> horse battery staple, ok?"
    done = without(quoted, "correct horse battery staple")
    assert done == f"> the password is {MARK}, ok?"


def test_what_was_cut_off_in_the_middle_goes_as_well() -> None:
    line = f"{'All is well. ' * 14}My password is hunter"
    assert without(line, "hunter2-and-more").endswith(f"is {MARK}")
    assert without("My password is hunter", "hunter2-and-more").endswith("hunter")


@given(TEXTS, PASSAGES, TEXTS)
def test_no_text_has_the_passage_any_more(before: str, passage: str, after: str) -> None:
    done = without(f"{before}{passage}{after}", passage)
    assert MARK in done
    assert not holds(done, passage)


@given(TEXTS, PASSAGES, TEXTS, st.integers(0, 12))
def test_no_markup_hides_the_passage(before: str, passage: str, after: str, place: int) -> None:
    marked = f"{escape(passage[:place])}<b class='x'>{escape(passage[place:])}</b>"
    html = f"<p>{escape(before)}{marked}{escape(after)}</p>"
    done = without_in_html(html, passage)
    assert not holds(unescape(done.replace("<b class='x'>", "").replace("</b>", "")), passage)


def test_tags_inside_a_passage_stay_and_addresses_lose_it() -> None:
    html = (
        '<p>It is hun<b>ter2&amp;x</b> <a href="https://x.example/?p=hunter2%26x">here</a></p>'
    )
    assert without_in_html(html, "hunter2&x") == (
        f'<p>It is {MARK}<b></b> <a href="https://x.example/?p={MARK}">here</a></p>'
    )


def test_what_programs_read_stays_as_it_is() -> None:
    data = {
        "kind": "guarantee",
        "reason": "guarantee",
        "of": [{"words": "a guarantee"}],
        "n": 1,
    }
    assert without_in_json(data, "guarantee") == {
        "kind": "guarantee",
        "reason": MARK,
        "of": [{"words": f"a {MARK}"}],
        "n": 1,
    }

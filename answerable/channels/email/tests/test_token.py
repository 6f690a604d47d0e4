"""A reply token proves its ticket, and no changed one does."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from answerable.channels.email.core.token import (
    Reply,
    address_with,
    make_token,
    read_token,
    token_in,
)

KEY, OTHER = b"k" * 32, b"o" * 32
LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789-_.=+ \u0131\u212a"
numbers = st.integers(0, 2**63 - 1)
replies = st.builds(Reply, numbers, numbers)


@given(replies)
def test_it_reads_what_it_made(reply: Reply) -> None:
    assert read_token(make_token(reply, KEY), [KEY]) == reply


@given(replies, st.data())
def test_it_survives_any_change_of_case(reply: Reply, data: st.DataObject) -> None:
    token = make_token(reply, KEY)
    ups = data.draw(st.lists(st.booleans(), min_size=len(token), max_size=len(token)))
    mixed = "".join(c.upper() if up else c for c, up in zip(token, ups, strict=True))
    assert read_token(mixed, [KEY]) == reply


@given(replies, st.data())
def test_it_refuses_any_changed_letter(reply: Reply, data: st.DataObject) -> None:
    token = make_token(reply, KEY)
    place = data.draw(st.integers(0, len(token) - 1))
    letter = data.draw(st.sampled_from(LETTERS).filter(lambda c: c != token[place]))
    assert read_token(token[:place] + letter + token[place + 1 :], [KEY]) is None


@given(replies, st.data())
def test_it_refuses_a_cut_or_longer_token(reply: Reply, data: st.DataObject) -> None:
    token = make_token(reply, KEY)
    cut = data.draw(st.integers(0, len(token) - 1))
    assert read_token(token[:cut], [KEY]) is None
    assert read_token(token + data.draw(st.sampled_from("abc2")), [KEY]) is None


@given(st.text(max_size=80))
def test_it_refuses_anything_else(text: str) -> None:
    assert read_token(text, [KEY]) is None


def test_it_refuses_a_token_of_another_key() -> None:
    assert read_token(make_token(Reply(7, 3), OTHER), [KEY]) is None


def test_it_reads_tokens_of_the_key_before() -> None:
    assert read_token(make_token(Reply(7, 3), OTHER), [KEY, OTHER]) == Reply(7, 3)


def test_its_address_fits_the_length_that_mail_allows() -> None:
    token = make_token(Reply(2**40, 2**40), KEY)
    address = address_with(token, "support@answerable.example")
    assert len(address.split("@")[0]) <= 64
    assert token_in(address.upper(), "support@answerable.example") == token


def test_it_finds_no_token_in_a_foreign_address() -> None:
    for address in (
        "support+abc@elsewhere.example",
        "sales+abc@a.example",
        "support@a.example",
    ):
        assert token_in(address, "support@a.example") is None

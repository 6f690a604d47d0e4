"""What a system answers is cards of our own components, or is refused with its place."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.cards.core.parts import (
    Answer,
    Badge,
    Card,
    Evidence,
    Fact,
    Facts,
    Items,
    Link,
    Part,
    Text,
    Time,
    Tone,
)
from answerable.cards.core.reading import BadAnswer, read, read_bytes
from answerable.cards.core.writing import document_of

WORDS = st.text(
    st.characters(codec="utf-8", categories=("L", "N", "P", "Zs")), min_size=1, max_size=40
).filter(lambda text: text.strip() == text)
TEXTS = st.builds(Text, WORDS)
LINKS = st.builds(Link, WORDS, st.just("https://billing.example/accounts/7?tab=a#b"))
BADGES = st.builds(Badge, WORDS, st.sampled_from(Tone))
INSTANTS = st.integers(0, 7_000_000_000).map(lambda second: datetime.fromtimestamp(second, UTC))
FACTS = st.builds(
    lambda rows: Facts(tuple(rows)),
    st.lists(
        st.builds(Fact, WORDS, st.one_of(TEXTS, LINKS, BADGES, st.builds(Time, INSTANTS))),
        max_size=5,
    ),
)
LISTS = st.builds(
    lambda items: Items(tuple(items)), st.lists(st.one_of(TEXTS, LINKS), max_size=5)
)
PARTS: st.SearchStrategy[Part] = st.one_of(
    TEXTS, LINKS, BADGES, st.builds(Time, INSTANTS, WORDS), FACTS, LISTS
)
CARDS = st.builds(
    lambda title, parts: Card(title, tuple(parts)), WORDS, st.lists(PARTS, max_size=5)
)
LINES = st.builds(Evidence, WORDS, st.booleans(), st.none() | INSTANTS)
ANSWERS = st.builds(
    Answer,
    st.lists(CARDS, max_size=4).map(tuple),
    st.none() | st.lists(LINES, max_size=4).map(tuple),
)


def one_part(**part: Any) -> dict[str, Any]:
    return {"cards": [{"title": "Billing", "parts": [part]}]}


def refusal(document: object) -> BadAnswer:
    with pytest.raises(BadAnswer) as error:
        read(document)
    return error.value


@given(ANSWERS)
def test_what_was_read_is_kept_and_read_as_the_same(answer: Answer) -> None:
    kept = json.loads(json.dumps(document_of(answer)))
    assert read(kept) == answer


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        *("cards", "title", "parts", "type", "text", "url", "rows", "time"),
                        *("evidence", "holds"),
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
    )
)
def test_whatever_comes_is_cards_or_is_refused(document: object) -> None:
    """Nothing but BadAnswer is ever raised."""
    with suppress(BadAnswer):
        assert all(isinstance(card, Card) for card in read(document).cards)


@pytest.mark.parametrize(
    ("part", "place", "reason"),
    [
        ({"type": "html", "text": "<b>x</b>"}, "cards[0].parts[0].type", "type"),
        ({"type": ["text"]}, "cards[0].parts[0].type", "type"),
        ({"type": "text"}, "cards[0].parts[0].text", "text"),
        ({"type": "text", "text": " \u202e "}, "cards[0].parts[0].text", "empty"),
        ({"type": "text", "text": "x" * 2001}, "cards[0].parts[0].text", "long"),
        ({"type": "badge", "text": "x", "tone": "pink"}, "cards[0].parts[0].tone", "tone"),
        ({"type": "badge", "text": "x", "tone": {}}, "cards[0].parts[0].tone", "tone"),
        ({"type": "time", "time": "2026-11-26T14:10:00"}, "cards[0].parts[0].time", "time"),
        ({"type": "time", "time": 1764166200}, "cards[0].parts[0].time", "time"),
        ({"type": "time", "time": "9999-12-31T23:59:59Z"}, "cards[0].parts[0].time", "time"),
        ({"type": "facts", "rows": {}}, "cards[0].parts[0].rows", "list"),
        ({"type": "facts", "rows": ["x"]}, "cards[0].parts[0].rows[0]", "object"),
        ({"type": "list", "items": ["x"] * 41}, "cards[0].parts[0].items", "many"),
    ],
)
def test_it_says_where_what_is_wrong(part: dict[str, Any], place: str, reason: str) -> None:
    refused = refusal(one_part(**part))
    assert (refused.place, refused.reason) == (place, reason)


@pytest.mark.parametrize(
    "url",
    [
        "http://billing.example/",
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,<script>alert(1)</script>",
        "//billing.example/",
        "/accounts/7",
        "https:///accounts",
        "https://",
        "https://dana:pw@billing.example/",
        'https://billing.example/"><script>',
        "https://billing.example/a b",
        "https://billing.example\\@evil.example/",
        "https://billing.example/\u202egnp.exe",
        " https://billing.example/",
        "https://billing.example/\n",
        "https://billing.example/" + "x" * 2000,
        7,
        None,
    ],
)
def test_a_link_is_https_to_a_host_and_nothing_else(url: object) -> None:
    assert refusal(one_part(type="link", text="Account", url=url)).reason == "url"
    row = {"name": "Account", "text": "7", "url": url}
    assert refusal(one_part(type="facts", rows=[row])).reason == "url"


def test_texts_lose_what_no_text_may_hold() -> None:
    (card,) = read(one_part(type="text", text="a\x00b\u202ec\ud800d\te\nf")).cards
    assert card.parts == (Text("abcd\te\nf"),)


def test_numbers_and_truths_are_written_out() -> None:
    rows = [{"name": "Seats", "text": 240}, {"name": "Trial", "text": False}]
    (card,) = read(one_part(type="facts", rows=rows)).cards
    assert card.parts == (Facts((Fact("Seats", Text("240")), Fact("Trial", Text("false")))),)


@pytest.mark.parametrize(
    "body",
    [b"", b"<html>", b"\xff\xfe", b"[" * 50_000, b'{"cards": 1e999999', b"9" * 10_000],
)
def test_what_is_no_json_is_refused(body: bytes) -> None:
    with pytest.raises(BadAnswer):
        read_bytes(body)


def test_more_than_may_be_sent_is_refused() -> None:
    with pytest.raises(BadAnswer) as error:
        read_bytes(b" " * 64_001)
    assert error.value.reason == "answer_big"
    assert refusal({"cards": [{"title": "x"}] * 6}).reason == "many"


def test_no_cards_are_an_answer_too() -> None:
    assert read_bytes(b'{"cards": []}') == Answer()


@pytest.mark.parametrize(
    ("line", "place", "reason"),
    [
        ("412 errors", "evidence[0]", "object"),
        ({"text": "412 errors"}, "evidence[0].holds", "truth"),
        ({"text": "412 errors", "holds": "yes"}, "evidence[0].holds", "truth"),
        ({"text": "412 errors", "holds": 1}, "evidence[0].holds", "truth"),
        ({"text": "", "holds": True}, "evidence[0].text", "empty"),
        ({"text": "x" * 201, "holds": True}, "evidence[0].text", "long"),
        ({"text": "x", "holds": True, "time": "14:10"}, "evidence[0].time", "time"),
    ],
)
def test_evidence_that_says_neither_yes_nor_no_is_refused(
    line: object, place: str, reason: str
) -> None:
    error = refusal({"cards": [], "evidence": [line]})
    assert (error.place, error.reason) == (place, reason)


def test_evidence_has_an_end_and_may_come_without_cards() -> None:
    line = {"text": "412 errors in 10 min", "holds": True}
    assert read({"evidence": [line]}) == Answer(
        evidence=(Evidence("412 errors in 10 min", holds=True),)
    )
    assert read({"evidence": []}).evidence == ()
    assert read({"cards": []}).evidence is None
    assert refusal({"evidence": [line] * 11}).reason == "many"
    assert refusal({}).reason == "list"

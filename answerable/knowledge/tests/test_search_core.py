"""The rules of search, by examples and by whatever Hypothesis thinks of."""

from __future__ import annotations

import re
from html import unescape

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.core.asked import LONGEST, MOST_WORDS, understood
from answerable.knowledge.core.cutting import MOST_LETTERS, Cut, Section, cut
from answerable.knowledge.core.parts import Vocabulary, corrected, parts, unknown
from answerable.knowledge.core.phrases import has_all
from answerable.knowledge.core.showing import Said, best, marked
from answerable.knowledge.core.synonyms import same_terms
from answerable.knowledge.core.typos import LONG, allowed, distance, nearest, shapes
from answerable.knowledge.core.weighing import BODY, SATURATION, TITLE, rarity, weights
from answerable.knowledge.core.words import codes, folded, tokens

WORDS = st.text("abcdefghijklmnopqrstuvwxyz", min_size=4, max_size=14)
TEXTS = st.text(max_size=200)
PLAIN = st.text(st.characters(exclude_characters="…"), max_size=600)


@given(TEXTS)
def test_a_token_is_where_it_says(text: str) -> None:
    last = -1
    for token in tokens(text):
        assert token.start > last
        last = token.start
        assert 0 <= token.start < token.end <= len(text)
        assert token.folded == folded(text[token.start : token.end])[:60]


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert folded(folded(text)) == folded(text)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Größe, Straße", ["grosse", "strasse"]),
        ("Crème brûlée", ["creme", "brulee"]),
        ("don't", ["don", "t"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("設定を", ["設定", "定を"]),
        ("한국어 도움", ["한국어", "도움"]),
        ("", []),
    ],
)
def test_it_knows_what_a_word_is(text: str, words: list[str]) -> None:
    assert [token.folded for token in tokens(text)] == words


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Error E-4012.", ["=e4012"]),
        ("0x80070005", ["=0x80070005"]),
        ("ERR_CERT_DATE", ["=errcertdate"]),
        ("HTTP/503", ["=http503"]),
        ("mp3 and a well-known word in 2025", []),
    ],
)
def test_it_knows_a_code(text: str, found: list[str]) -> None:
    assert codes(text) == found


@given(TEXTS, st.booleans())
def test_any_text_is_a_question(text: str, as_typed: bool) -> None:
    asked = understood(text, as_typed=as_typed)
    assert len(asked.words) == len(set(asked.words)) <= MOST_WORDS
    assert not asked.open or as_typed


def test_a_long_question_is_cut_off() -> None:
    assert "last" not in understood("word " * LONGEST + "last").words


def test_a_word_is_open_until_something_follows_it() -> None:
    assert understood("reset pass", as_typed=True).open == "pass"
    assert understood("reset pass ", as_typed=True).open == ""
    assert understood("reset pass").open == ""


def test_words_in_quotation_marks_are_a_phrase() -> None:
    assert understood("the „Super Admin“ page").phrases == (("super", "admin"),)
    assert understood('"one"').phrases == ()
    assert has_all([("super", "admin")], ["A Super-Admin may."])
    assert not has_all([("super", "admin")], ["The superb admin.", "super", "admin"])


@given(WORDS, st.data())
def test_a_word_with_one_mistake_shares_a_shape_with_what_was_meant(
    word: str, data: st.DataObject
) -> None:
    at = data.draw(st.integers(0, len(word) - 1))
    mistakes = {
        "left out": word[:at] + word[at + 1 :],
        "put in": word[:at] + "q" + word[at:],
        "changed": word[:at] + "q" + word[at + 1 :],
        "swapped": word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    }
    typed = mistakes[data.draw(st.sampled_from(sorted(mistakes)))]
    if allowed(typed):
        assert distance(typed, word) <= 1
        assert set(shapes(typed)) & set(shapes(word))
        likely = len(typed) >= LONG or typed[:1] == word[:1] or typed[:2] == word[1::-1]
        assert nearest(typed, [word]) == ([word] if likely else [])


@given(WORDS, WORDS, WORDS)
def test_the_distance_is_the_same_both_ways(one: str, other: str, third: str) -> None:
    assert distance(one, one) == 0
    assert distance(one, other) == distance(other, one) <= max(len(one), len(other))
    assert (distance(one, other) == 0) == (one == other)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("exprot", "export"),
        ("pasword", "password"),
        ("autentification", "authentification"),
        ("recieve", "receive"),
        ("definately", "definitely"),
    ],
)
def test_it_knows_what_was_meant(typed: str, meant: str) -> None:
    assert nearest(typed, [meant, "passport", "reports", "received"]) == [meant]


def test_short_words_and_figures_are_taken_as_they_are() -> None:
    assert nearest("cat", ["car"]) == []
    assert nearest("4012", ["4013"]) == []


def test_the_first_letter_of_a_short_word_is_meant() -> None:
    assert nearest("fast", ["last"]) == []
    assert nearest("afst", ["fast"]) == ["fast"]
    assert nearest("npassword", ["password"]) == ["password"]


@given(st.lists(WORDS, min_size=1, max_size=30), st.lists(WORDS, max_size=30))
def test_a_weight_is_above_nothing_and_bounded(title: list[str], body: list[str]) -> None:
    weighed = weights([(TITLE, title), (BODY, body)])
    assert set(weighed) == {*title, *body}
    assert all(0 < weight < 1 + SATURATION for weight in weighed.values())
    more = weights([(TITLE, title), (BODY, [title[0], *body])])
    assert len(body) > 300 or more[title[0]] >= weighed[title[0]] * 0.9


@given(st.integers(0, 1000), st.integers(0, 1000))
def test_the_rarer_says_more(few: int, more: int) -> None:
    few, more = sorted((few, more))
    assert rarity(few, 1000) >= rarity(more, 1000) > 0


SECTIONS = st.lists(
    st.builds(Section, st.integers(2, 4), st.just("a"), st.text("ab c"), st.text("ab .\n")),
    max_size=6,
)


@given(SECTIONS)
def test_cutting_loses_no_word(article: list[Section]) -> None:
    said = " ".join(passage.words for passage in cut(article)).split()
    assert said == " ".join(section.words for section in article).split()


def test_it_cuts_by_headings_and_between_sentences() -> None:
    long = "This is a sentence. " * 60
    article = [
        Section(0, "", "", "Before."),
        Section(2, "a", "A", "One.\nTwo."),
        Section(3, "b", "B", long),
        Section(2, "c", "C", ""),
    ]
    found = cut(article)
    assert found[:2] == [Cut("", (), "Before."), Cut("a", ("A",), "One. Two.")]
    assert found[-1] == Cut("c", ("C",), "")
    parts_of_b = found[2:-1]
    assert len(parts_of_b) > 1
    assert all(each.headings == ("A", "B") for each in parts_of_b)
    assert all(len(each.words) <= MOST_LETTERS for each in found)
    assert all(each.words.endswith(".") for each in parts_of_b)


@given(PLAIN, st.sets(st.text(min_size=1, max_size=3)))
def test_a_marked_text_is_a_stretch_of_the_text_and_harmless(
    text: str, wanted: set[str]
) -> None:
    html = marked(text, wanted)
    bare = re.sub(r"</?mark>", "", html)
    assert "<" not in bare
    assert unescape(bare).removeprefix("… ").removesuffix(" …") in text
    assert html.count("<mark>") == html.count("</mark>")


def test_it_shows_the_stretch_with_most_of_what_was_asked() -> None:
    text = "Nothing. " * 60 + "The export of a file fails. " + "More. " * 60
    html = marked(text, {"export", "file"})
    assert html.startswith("… ")
    assert html.endswith(" …")
    assert "The <mark>export</mark> of a <mark>file</mark> fails." in html


def test_the_best_passage_says_the_rarest_words() -> None:
    said = [
        Said(0, "", "", "An export.", {"export"}, ()),
        Said(1, "b", "", "A failed export.", {"export", "fail"}, ()),
        Said(2, "c", "Failed", "An export.", {"export"}, {"fail"}),
        Said(3, "d", "", "A failed export.", {"fail", "export"}, ()),
    ]
    found = best(said, {"export": 0.5, "fail": 3.0})
    assert found
    assert found.position == 1
    assert best(said[::2], {"export": 0.5, "fail": 3.0}) == said[2]
    assert best([], {}) is None


KNOWN = Vocabulary(
    terms={"how": "", "exprots": "exprot", "fail": "fail", "exp": "exp"},
    known={"fail"},
    near={"exprots": {"exports": "export", "expires": "expir"}},
)


def test_a_question_has_a_part_for_each_word_but_stop_words() -> None:
    asked = understood("how exprots fail")
    found = parts(asked, KNOWN, {"fail": {"break"}})
    assert [dict(part.terms) for part in found] == [
        {"export": 0.7},
        {"break": 0.8, "fail": 1.0},
    ]
    assert found[1].own == {"fail"}
    assert unknown(asked, KNOWN) == ["exprots"]
    assert corrected(asked, KNOWN) == {"exprots": "exports"}


def test_an_open_word_is_also_what_begins_so() -> None:
    begun = Vocabulary(terms=KNOWN.terms, known=KNOWN.known, begun=["export", "expir"])
    asked = understood("fail exp", as_typed=True)
    assert dict(parts(asked, begun, {})[1].terms) == {"export": 0.8, "expir": 0.8}
    assert unknown(asked, begun) == []


def test_synonyms_of_several_words_stand_beside_each_other() -> None:
    groups = [[("invoic",), ("statement", "account")]]
    assert same_terms(["statement", "account"], groups) == {
        "statement": {"invoic"},
        "account": {"invoic"},
    }
    assert same_terms(["account", "statement"], groups) == {}
    assert same_terms(["invoic"], groups) == {"invoic": {"statement", "account"}}

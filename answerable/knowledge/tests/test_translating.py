"""What a machine translates is the words: everything else of a Markdown text stays as it is."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.knowledge.core.marks import marked, runs
from answerable.knowledge.core.translating import parts_of, translated

ARTICLE = """# Contact us

Ask in **the app** or by [mail](mailto:help@example.com "Write us").
It takes `one` minute.

> [!NOTE]
> Press <kbd>Help</kbd> first.

- One
  1. Deep [one][ref]
- [ ] Two

{promise table}

| Way | Time |
|-----|:----:|
| Chat | at `once` |

```sh
answerable up  # Do not translate
```

![A picture](file:12) and https://example.com/a?b=c

[ref]: https://example.com/ref
"""


def shouting(texts: Sequence[str]) -> list[str]:
    """A translator that keeps all marks and shouts the rest."""
    return ["".join(p if p.startswith("<") else p.upper() for p in cut(text)) for text in texts]


def cut(text: str) -> list[str]:
    return re.split(r"(<x\b[^<>]*>[^<>]*</x>|<[^<>]*>)", text)


def dropping(texts: Sequence[str]) -> list[str]:
    """A translator that loses all marks."""
    return [re.sub(r"<[^<>]*>", "", text).upper() for text in texts]


def test_it_translates_words_and_nothing_else() -> None:
    (said,) = translated([ARTICLE], shouting)
    assert "# CONTACT US" in said
    assert (
        'ASK IN **THE APP** OR BY [MAIL](mailto:help@example.com "Write us"). IT TAKES `one`'
        in said
    )
    assert "> [!NOTE]\n> PRESS <kbd>HELP</kbd> FIRST." in said
    assert "- ONE\n  1. DEEP [ONE][ref]\n- [ ] TWO" in said
    assert "{promise table}" in said
    assert "| WAY | TIME |\n|-----|:----:|\n| CHAT | AT `once` |" in said
    assert "```sh\nanswerable up  # Do not translate\n```" in said
    assert "![A PICTURE](file:12) AND https://example.com/a?b=c" in said
    assert said.endswith("[ref]: https://example.com/ref\n")


def test_it_keeps_all_marks_when_the_translator_loses_them() -> None:
    (said,) = translated([ARTICLE], dropping)
    (as_it_should,) = translated([ARTICLE], shouting)
    assert said == as_it_should


def test_it_leaves_the_words_of_the_glossary() -> None:
    (said,) = translated(
        ["A Super Admin may ask Answerable.\n"], shouting, kept=["Super Admin"]
    )
    assert said == "A Super Admin MAY ASK ANSWERABLE.\n"


def test_it_asks_in_pieces_that_end_with_a_sentence() -> None:
    asked: list[str] = []

    def translate(texts: Sequence[str]) -> list[str]:
        asked.extend(texts)
        return shouting(texts)

    long = " ".join(f"This is sentence number {number}." for number in range(100))
    (said,) = translated([long], translate, most=200)
    assert said == long.upper()
    assert max(map(len, asked)) <= 200
    assert all(piece.endswith(".") for piece in asked)


def test_it_asks_nothing_for_what_has_no_words() -> None:
    def translate(texts: Sequence[str]) -> list[str]:
        pytest.fail(f"asked for {texts}")

    text = "`code` 12 / 14\n\n---\n"
    assert translated([text], translate) == [text]


def test_it_escapes_what_the_translator_would_read_as_markup() -> None:
    piece = marked("a < b & c > d")
    assert piece.words == "a &lt; b &amp; c &gt; d"
    assert piece.restored(piece.words) == "a < b & c > d"


@pytest.mark.parametrize(
    "answer",
    [
        '<g id="1">mail</g>',  # one is lost
        '<g id="1">mail</g> <x id="2">code</x> <x id="2">code</x>',
        '<g id="1">mail <x id="2">code</g></x>',
        '<x id="2">code</x> <g id="3">mail</g>',
        '<x id="2">co<g id="1">de</g></x>',
        "</g></g>",
    ],
)
def test_it_does_not_believe_marks_that_did_not_come_back_as_they_went(answer: str) -> None:
    assert marked("[mail](a) `code`").restored(answer) is None


def test_it_lets_marks_change_their_order() -> None:
    piece = marked("[mail](a) `code`")
    assert piece.restored('<x id="2"/> <g id="1">Post</g>') == "`code` [Post](a)"


LINES = st.text(alphabet="ab *_`[]()<>!|#&{}\\.:-\n>1", max_size=80)


@given(LINES)
def test_it_gives_back_any_line_whose_words_are_not_changed(line: str) -> None:
    line = line.replace("\n", " ")
    piece = marked(line)
    assert piece.restored(piece.words) == line


@given(LINES)
def test_its_parts_have_all_words_in_their_order(text: str) -> None:
    joined = "".join(part.stays + part.line + part.after for part in parts_of(text))
    assert re.findall(r"\w+", joined) == re.findall(r"\w+", text)


@given(LINES)
def test_it_loses_no_mark_whatever_the_translator_does(line: str) -> None:
    line = line.replace("\n", " ")
    kept = [piece for piece in marked(line).inner if piece is not None]
    (said,) = translated([line], dropping)
    assert all(piece in said for piece in kept)


def test_it_knows_what_stands_between_marks() -> None:
    assert runs('Ask <g id="1">us</g> by <x id="2">code</x> &amp; mail') == [
        "Ask ",
        "us",
        " by ",
        " & mail",
    ]

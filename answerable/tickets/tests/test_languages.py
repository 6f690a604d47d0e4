"""The language of a text is found where it is clear, and never guessed at."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from answerable.tickets.core.languages import SMALL, language_of


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Since this morning none of our exports work. Can you have a look at it?", "en"),
        ("Seit heute Morgen geht bei uns kein Export mehr, und wir haben keine Idee.", "de"),
        ("Depuis ce matin nous ne pouvons plus exporter les rapports, merci.", "fr"),
        ("Desde esta mañana no se puede exportar, y no hay un error que lo diga.", "es"),
        ("Da stamattina non è possibile esportare, e non abbiamo altro che questo.", "it"),
        ("Sinds vanochtend kan ik niet exporteren, en de klanten van ons ook niet.", "nl"),
        ("Od rana nie działa eksport i nie wiemy, czy to jest nasz błąd.", "pl"),
    ],
)
def test_a_sentence_says_its_language(text: str, language: str) -> None:
    assert language_of([text]) == language


@pytest.mark.parametrize("text", ["", "Thanks!", "ERROR 504 GATEWAY", "OK", "Export", "🙂"])
def test_a_word_or_two_say_nothing(text: str) -> None:
    assert language_of([text]) == ""


def test_quotations_code_and_addresses_do_not_count() -> None:
    text = "> the and is are of to in that\n`the and is are of`\nhttps://the.example/of/to\nJa."
    assert language_of([text]) == ""


@given(st.text(max_size=300))
def test_it_is_one_of_those_or_none(text: str) -> None:
    assert language_of([text]) in {"", *SMALL}


@pytest.mark.parametrize("language", sorted(SMALL))
def test_small_words_of_a_language_are_never_those_of_another(language: str) -> None:
    assert language_of([" ".join(sorted(SMALL[language]))]) in {language, ""}

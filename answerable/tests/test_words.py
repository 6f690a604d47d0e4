"""Every string has its German, and says what happened in plain words."""

from __future__ import annotations

import re
from pathlib import Path

import polib
import pytest

from answerable.tests.extracted import in_python, in_template, words_in

HOUSE = Path(__file__).parent.parent
GERMAN = HOUSE / "locale" / "de" / "LC_MESSAGES" / "django.po"
BANNED = re.compile(
    r"\b(please|sorry|oops|valid|invalid|forbidden|illegal|unfortunately|breach\w*)\b"
    r"|an error occurred|something went wrong",
    re.IGNORECASE,
)
BANNED_IN_GERMAN = re.compile(
    r"\b(bitte|leider|ungültig\w*)\b|fehler aufgetreten", re.IGNORECASE
)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w*\}")


@pytest.fixture(scope="module")
def german() -> polib.POFile:
    return polib.pofile(str(GERMAN))


def test_it_finds_the_strings_of_python_and_of_templates() -> None:
    source = (
        "from django.utils.translation import gettext_lazy as later, ngettext\n"
        'later("One") + ngettext("{n} day", "{n} days", 2) + other("Two")'
    )
    assert list(in_python(source)) == ["One", "{n} day", "{n} days"]
    block = "{% blocktranslate trimmed %}\n  Due\n {{ at }}\n{% endblocktranslate %}"
    assert list(in_template('{% translate "Two" %}' + block)) == ["Two", "Due %(at)s"]


def test_it_has_german_for_every_string(german: polib.POFile) -> None:
    known = {e.msgid for e in german if e.translated()}
    known |= {e.msgid_plural for e in german if e.translated()}
    missing = {text for _, text in words_in(HOUSE) if text.strip() and text not in known}
    assert missing == set()


def test_it_keeps_the_placeholders(german: polib.POFile) -> None:
    for entry in german:
        if entry.msgid_plural:
            continue
        said = sorted(PLACEHOLDER.findall(entry.msgid))
        assert sorted(PLACEHOLDER.findall(entry.msgstr)) == said, entry.msgid


def test_it_is_compiled(german: polib.POFile) -> None:
    compiled = polib.mofile(str(GERMAN.with_suffix(".mo")))
    said = {(e.msgid, e.msgstr, tuple(e.msgstr_plural.values())) for e in compiled}
    assert said == {(e.msgid, e.msgstr, tuple(e.msgstr_plural.values())) for e in german}


def test_s_07_it_never_uses_a_banned_word() -> None:
    said = [(file.name, text) for file, text in words_in(HOUSE) if BANNED.search(text)]
    assert said == []


def test_it_never_uses_a_banned_word_in_german(german: polib.POFile) -> None:
    said = [text for e in german for text in (e.msgstr, *e.msgstr_plural.values())]
    assert [text for text in said if BANNED_IN_GERMAN.search(text)] == []


def test_it_leaves_no_guess_of_gettext(german: polib.POFile) -> None:
    assert german.fuzzy_entries() == []

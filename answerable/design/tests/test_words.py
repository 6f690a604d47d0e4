"""The words of scripts are those that the scripts' own tests are written with."""

from __future__ import annotations

import json
import re
from pathlib import Path

from django.utils import translation

from answerable.design.words import browser_words

ROOM = Path(__file__).parent.parent
SCRIPTS = ROOM / "static" / "design"


def test_it_hands_scripts_the_words_they_are_tested_with() -> None:
    tested = json.loads((Path(__file__).parent / "words.json").read_text(encoding="utf-8"))
    with translation.override("en"):
        assert browser_words() == tested


def test_it_has_every_word_that_a_script_says() -> None:
    words = browser_words()
    scripts = "".join(file.read_text(encoding="utf-8") for file in SCRIPTS.rglob("*.js"))
    said = set(re.findall(r"\bsay\.(\w+)", scripts)) - {"language", "zone", "times", "names"}
    assert said == set(words) - {"times", "names"}
    patterns = words["times"]
    assert isinstance(patterns, dict)
    assert set(re.findall(r"\bsay\.times\.(\w+)", scripts)) <= set(patterns)

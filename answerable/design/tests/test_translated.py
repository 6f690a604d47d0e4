"""Templates say their words in the language of whoever reads."""

from __future__ import annotations

import pytest
from django.template import Context, Template
from django.utils import translation

WORDS = Template('{% load i18n %}{% translate "Internal note" %} {% translate "100%" %}')


def test_the_same_template_speaks_to_each_in_their_language() -> None:
    said = []
    for language in ("en", "de", "en"):
        with translation.override(language):
            said.append(WORDS.render(Context()))
    assert said == ["Internal note 100%", "Interne Notiz 100%", "Internal note 100%"]


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ('{% translate "Reply" as words %}<{{ words }}>', "<Antwort>"),
        ("{% translate words %}", "Antwort"),
        ('{% translate "Reply"|upper %}', "ANTWORT"),
        ('{% translate "Reply" noop %}', "Reply"),
        ("{% trans 'Reply' %}", "Antwort"),
        (
            "{% blocktranslate with name=words %}Menu of {{ name }}{% endblocktranslate %}",
            "Menü von",
        ),
    ],
)
def test_it_can_do_all_that_djangos_can(template: str, said: str) -> None:
    with translation.override("de"):
        written = Template("{% load i18n %}" + template)
        for words in ("Close", "Reply"):
            shown = written.render(Context({"words": words}))
    assert shown.startswith(said)

"""What a plan says of asking customers how it went."""

from __future__ import annotations

from datetime import timedelta

import pytest

from answerable.entitlements.core.changes import in_words
from answerable.entitlements.core.document import examine_text
from answerable.entitlements.core.survey import Survey
from answerable.entitlements.tests.test_reading import BARE, bare

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def errors(more: str) -> list[str]:
    return [str(finding) for finding in examine_text(BARE + more).errors]


def test_without_the_table_nobody_is_asked() -> None:
    assert bare().survey == Survey(ask=False)


def test_with_the_table_people_are_asked_by_the_usual_rules() -> None:
    assert bare("[survey]").survey == Survey(ask=True)
    assert bare("[survey]\nask = false").survey.ask is False


def test_it_reads_all_that_can_be_said() -> None:
    said = bare(
        """
[survey]
after = "2h"
scale = "three"
comment = true
every = "90d"
open_for = "7d"
after_silence = true
lead = false
[survey.question]
en = "Was this what you needed?"
de = " War das, was Sie brauchten? "
"""
    ).survey
    assert said == Survey(
        ask=True,
        after=2 * HOUR,
        scale="three",
        question={"en": "Was this what you needed?", "de": "War das, was Sie brauchten?"},
        every=90 * DAY,
        open_for=7 * DAY,
        after_silence=True,
        lead=False,
    )


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ('after = "31d"', "Nobody remembers it by then. Write 30 days or less."),
        ('every = "12h"', "People would be asked again on the same day. Write 1d or more."),
        ('open_for = "1h"', "An answer is taken for a day at least, and for 90 days at most."),
        ('open_for = "91d"', "An answer is taken for a day at least, and for 90 days at most."),
        ('ask = "yes"', "In survey: 'ask' must be true or false."),
        ('question = { english = "So?" }', "'english' is no language. Write one such as en"),
        ('question = { en = "" }', "'en' must be a text of 1 to 200 characters."),
    ],
)
def test_it_says_what_cannot_be_meant(line: str, words: str) -> None:
    (found,) = errors(f"[survey]\n{line}")
    assert words in found


def test_it_names_the_scale_that_may_be_meant() -> None:
    (found,) = errors('[survey]\nscale = "fives"')
    assert "'fives', which is not known" in found
    assert "five" in found


def test_a_misspelt_rule_is_no_rule() -> None:
    (found,) = errors("[survey]\naftr = '2h'")
    assert "'aftr' is not known here" in found


def test_it_warns_where_nobody_could_ask_for_a_lead() -> None:
    (found,) = examine_text(BARE + "[survey]\ncomment = false").findings
    assert "Without a comment nobody can ask for a lead." in str(found)


def test_it_is_said_in_words_what_is_not_as_usual() -> None:
    assert in_words(Survey()) == ""
    said = Survey(ask=True, scale="two", comment=False, question={"en": "Good?"})
    assert in_words(said) == "ask yes, scale two, question en: Good?, comment no"

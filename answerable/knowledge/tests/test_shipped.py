"""Our own articles: whole in both languages, with no link that leads nowhere, and marked."""

from __future__ import annotations

import re
from datetime import datetime

from answerable.cast import Cast
from answerable.knowledge.actions import How, import_articles, look_at_links
from answerable.knowledge.core.imported import Imported, Read
from answerable.knowledge.importing.places import read
from answerable.knowledge.models import Article, ArticleLink, ArticleText, ArticleVersion
from answerable.knowledge.rendering import rendered_text
from answerable.knowledge.shipped import SHIPPED

BANNED = re.compile(
    r"\b(please|sorry|oops|valid|invalid|forbidden|illegal|unfortunately|bitte|leider|ungültig\w*)\b",
    re.IGNORECASE,
)


def shipped() -> Read:
    return read(SHIPPED, kind="markdown")


def by_language(language: str) -> dict[str, Imported]:
    return {one.ident: one for one in shipped().articles if one.language == language}


def test_each_is_there_in_both_languages_and_the_german_says_what_it_is() -> None:
    english, german = by_language("en"), by_language("de")
    assert english.keys() == german.keys()
    assert 12 <= len(english) <= 16
    assert all(one.by_software and one.official == "en" for one in german.values())
    assert not any(one.by_software for one in english.values())
    assert shipped().refused == ()
    assert [one.remarks for one in shipped().articles if one.remarks] == []


def test_headings_boxes_and_links_are_the_same_in_both() -> None:
    english, german = by_language("en"), by_language("de")
    for ident, one in english.items():
        other = german[ident]
        assert len(rendered_text(one.body).headings) == len(rendered_text(other.body).headings)
        for mark in (
            "[!NOTE]",
            "[!TIP]",
            "[!IMPORTANT]",
            "{promise table premium}",
            "](import:",
        ):
            assert one.body.count(mark) == other.body.count(mark), (ident, mark)


def test_they_use_no_word_that_we_do_not_use() -> None:
    for one in shipped().articles:
        words = f"{one.title} {one.summary} {one.body}"
        assert BANNED.findall(words) == [], one.name


def test_no_link_of_theirs_leads_nowhere(cast: Cast, at: datetime) -> None:
    outcomes = import_articles(shipped(), How(by=cast.ana), at=at)
    assert {one.what for one in outcomes} == {"new"}
    look_at_links(at=at)
    assert [one.target for one in ArticleLink.objects.exclude(reason="")] == []
    assert ArticleText.objects.filter(current__by_software=True).count() == len(
        by_language("de")
    )


def test_they_are_taken_once(cast: Cast, at: datetime) -> None:
    import_articles(shipped(), How(by=cast.ana), at=at)
    counted = (Article.objects.count(), ArticleVersion.objects.count())
    again = import_articles(shipped(), How(by=cast.ana), at=at)
    assert {one.what for one in again} == {"same"}
    assert (Article.objects.count(), ArticleVersion.objects.count()) == counted

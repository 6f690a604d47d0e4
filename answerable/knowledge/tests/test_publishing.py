"""What readers see is a version, which never changes."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from django.db import ProgrammingError, transaction

from answerable.cast import Cast
from answerable.knowledge.actions import (
    Empty,
    NewerArticle,
    NoOfficialText,
    Origin,
    Written,
    begin_draft,
    check_translation,
    keep_draft,
    publish_article,
    publish_draft,
)
from answerable.knowledge.models import Article, ArticleChange, ArticleDraft, ArticleVersion
from answerable.knowledge.tests.conftest import CONTACT
from answerable.tests.meanwhile import as_it_waits

GERMAN = Written("Premium-Support kontaktieren", "## Wege\n\nDas Formular.", note="Neu")


def test_it_has_the_first_number_and_an_address_from_its_title(english: ArticleVersion) -> None:
    assert (english.number, english.text.slug) == (1, "contact-premium-support")
    assert english.text.current == english
    assert english.source is None


def test_the_database_keeps_what_it_said(english: ArticleVersion) -> None:
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        ArticleVersion.objects.filter(pk=english.pk).update(body="Something else.")


def test_it_is_followed_by_the_next(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    changed = replace(CONTACT, body="Other words.", note="Corrected")
    second = publish_article(article, "en", changed, by=cast.ben, at=at)
    text = article.texts.get()
    assert text.current == second
    assert [version.number for version in text.versions.order_by("number")] == [1, 2]
    english.refresh_from_db()
    assert english.body == CONTACT.body


def test_it_is_the_same_version_when_nothing_changed(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    again = publish_article(article, "en", CONTACT, by=cast.ben, at=at + timedelta(days=1))
    assert again == english
    assert again.published_at == at


@pytest.mark.parametrize("words", [Written("", "Words"), Written("Title", " \n")])
def test_it_is_refused_without_title_or_words(
    article: Article, cast: Cast, at: datetime, words: Written
) -> None:
    with pytest.raises(Empty):
        publish_article(article, "en", words, by=cast.ana, at=at)


def test_a_translation_says_the_official_version_of_its_time(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    by_software = Origin(by_software=True)
    german = publish_article(article, "de", GERMAN, by=None, at=at, origin=by_software)
    assert german.source == english
    assert german.by_software
    newer = publish_article(article, "en", replace(CONTACT, body="New."), by=cast.ana, at=at)
    german.refresh_from_db()
    assert german.source == english != newer


def test_a_translation_of_nothing_is_refused(article: Article, at: datetime) -> None:
    with pytest.raises(NoOfficialText):
        publish_article(article, "de", GERMAN, by=None, at=at)


def test_a_translation_is_checked_by_a_person_once(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    origin = Origin(by_software=True)
    german = publish_article(article, "de", GERMAN, by=None, at=at, origin=origin)
    assert check_translation(german, by=cast.ben, at=at)
    assert not check_translation(german, by=cast.ana, at=at)
    assert not check_translation(english, by=cast.ana, at=at)
    german.refresh_from_db()
    assert (german.by_software, german.checked_by, german.checked_at) == (False, cast.ben, at)
    assert ArticleChange.objects.get(what="checked de").by == cast.ben


def test_two_articles_of_one_title_have_two_addresses(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    other = Article.objects.create(key="other", created_at=at)
    second = publish_article(other, "en", CONTACT, by=cast.ana, at=at)
    assert second.text.slug == "contact-premium-support-2"


def test_a_draft_begins_with_what_readers_see_and_is_published(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    draft = begin_draft(english.text, writer=cast.ben, at=at)
    assert draft.body == CONTACT.body
    assert begin_draft(english.text, writer=cast.ben, at=at) == draft
    keep_draft(draft, replace(CONTACT, body="Better.", note="Shorter"), at=at)
    version = publish_draft(draft, english.text, at=at + timedelta(hours=1))
    assert (version.number, version.body, version.note) == (2, "Better.", "Shorter")
    assert version.published_by == cast.ben
    assert not ArticleDraft.objects.exists()


def test_a_draft_is_kept_when_somebody_published_meanwhile(
    article: Article, english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    draft = begin_draft(english.text, writer=cast.ben, at=at)
    newer = publish_article(article, "en", replace(CONTACT, body="Mine."), by=cast.ana, at=at)
    with pytest.raises(NewerArticle) as raised:
        publish_draft(draft, english.text, at=at)
    assert raised.value.version == newer
    assert ArticleDraft.objects.get() == draft


@pytest.mark.django_db(transaction=True)
def test_of_two_who_publish_at_once_one_hears_of_the_other(at: datetime) -> None:
    cast = Cast(at)
    article = Article.objects.create(key="contact", created_at=at)
    english = publish_article(article, "en", CONTACT, by=cast.ana, at=at)
    draft = begin_draft(english.text, writer=cast.ben, at=at)
    newer = replace(CONTACT, body="Mine.")
    with pytest.raises(NewerArticle) as raised:
        as_it_waits(
            lambda: publish_article(article, "en", newer, by=cast.ana, at=at),
            lambda: publish_draft(draft, english.text, at=at),
        )
    assert raised.value.version.body == "Mine."

"""Who may read which articles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest

from answerable.cast import Cast
from answerable.entitlements.models import Contract
from answerable.knowledge.access import Person, readable_by, texts_readable_by
from answerable.knowledge.actions import (
    About,
    add_article,
    publish_article,
    remove_article,
)
from answerable.knowledge.models import Article, ArticleVersion
from answerable.knowledge.tests.conftest import CONTACT


@pytest.fixture
def for_premium(cast: Cast, at: datetime) -> Article:
    """An article for customers with the plan Premium alone."""
    article = add_article("Premium only", about=About(plans=("premium",)), at=at)
    publish_article(article, "en", CONTACT, by=cast.ana, at=at)
    return article


READERS: dict[str, tuple[Callable[[Cast], Person], bool]] = {
    "nobody": (lambda cast: None, False),
    "an agent": (lambda cast: cast.ben, True),
    "who has the plan": (lambda cast: cast.sam, True),
    "whose contract ended": (lambda cast: cast.mara, False),
    "who never had one": (lambda cast: cast.tom, False),
}


@pytest.mark.parametrize("who", READERS)
def test_an_article_of_a_plan_is_for_its_customers(
    for_premium: Article,
    english: ArticleVersion,
    cast: Cast,
    at: datetime,
    who: str,
) -> None:
    chosen, may = READERS[who]
    person = chosen(cast)
    found = set(readable_by(person, at))
    assert found == ({for_premium} if may else set()) | {english.text.article}
    texts = texts_readable_by(person, at)
    assert {text.article for text in texts} == found


def test_a_contract_that_is_suspended_opens_nothing(
    for_premium: Article, cast: Cast, at: datetime
) -> None:
    Contract.objects.filter(pk=cast.contract.pk).update(status=Contract.Status.SUSPENDED)
    assert not readable_by(cast.dana, at).exists()


def test_who_has_left_reads_what_everybody_reads(
    for_premium: Article, cast: Cast, at: datetime
) -> None:
    cast.sam.left_at = at - timedelta(days=1)
    assert not readable_by(cast.sam, at).exists()


def test_nobody_reads_what_was_removed(
    english: ArticleVersion, cast: Cast, at: datetime
) -> None:
    remove_article(english.text.article, by=cast.ana, at=at)
    for person in (None, cast.dana, cast.ana):
        assert not readable_by(person, at).exists()
        assert not texts_readable_by(person, at).exists()


def test_a_text_without_a_version_is_not_there(article: Article, at: datetime) -> None:
    article.texts.create(language="en", slug="soon")
    assert not texts_readable_by(None, at).exists()

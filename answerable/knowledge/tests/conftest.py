"""An article as the cast's vendor would have it."""

from __future__ import annotations

from datetime import datetime

import pytest

from answerable.cast import Cast
from answerable.knowledge.actions import About, Written, add_article, publish_article
from answerable.knowledge.models import Article, ArticleVersion

CONTACT = Written(
    "Contact Premium Support",
    "## Channels\n\nUse the form.\n\n## Response times\n\n{promise table}\n",
    "How to reach a specialist.",
)


@pytest.fixture
def article(cast: Cast, at: datetime) -> Article:
    """An article that everybody may read. It has no text yet."""
    about = About(owner=cast.ana, available=(("service", "enterprise"),))
    return add_article("Contact Premium Support", about=about, by=cast.ana, at=at)


@pytest.fixture
def english(article: Article, cast: Cast, at: datetime) -> ArticleVersion:
    """Its official text."""
    return publish_article(article, "en", CONTACT, by=cast.ana, at=at)

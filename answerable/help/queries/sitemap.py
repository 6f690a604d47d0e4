"""The articles that everybody may read, for search engines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.help.queries.described import Alternate, address_of, alternates_of
from answerable.knowledge.access import texts_readable_by
from answerable.knowledge.models import ArticleText

# What one sitemap may have (sitemaps.org).
MOST = 50_000


@dataclass(frozen=True, slots=True)
class Entry:
    """An address, when it was last updated, and the same in other languages."""

    address: str
    updated: datetime
    alternates: Sequence[Alternate]


def sitemap_at(at: datetime) -> list[Entry]:
    """Return what nobody in particular may read, the newest first. One query."""
    texts = texts_readable_by(None, at).select_related("article", "current")
    light = texts.defer("current__body").order_by("-current__published_at", "-pk")
    of_article: dict[int, list[ArticleText]] = defaultdict(list)
    found = list(light[:MOST])
    for text in found:
        of_article[text.article_id].append(text)
    return [
        Entry(
            address_of(text),
            text.current.published_at,
            alternates_of(of_article[text.article_id], text.article.official),
        )
        for text in found
        if text.current
    ]

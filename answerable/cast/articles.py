"""What the vendor's help centre says in tests and demonstrations: three articles."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from answerable.cast.people import Cast
from answerable.knowledge.actions import (
    About,
    Origin,
    Written,
    add_article,
    add_category,
    publish_article,
)
from answerable.knowledge.models import Article, ArticleVersion, Category

TEXTS = Path(__file__).parent / "articles.toml"


@dataclass(frozen=True, slots=True)
class Articles:
    """The articles: one that everybody reads, one without a plan, one for Premium alone."""

    contact: Article
    export: Article
    escalation: Article


def write_articles(cast: Cast, *, at: datetime) -> Articles:
    """Write the articles of the help centre, as published some months ago."""
    told = tomllib.loads(TEXTS.read_text())
    shelves = {key: add_category(key, names) for key, names in told["categories"].items()}
    written = {
        key: _write(cast, key, row, shelves, at) for key, row in told["articles"].items()
    }
    return Articles(**written)


def _write(
    cast: Cast, key: str, row: dict[str, Any], shelves: dict[str, Category], at: datetime
) -> Article:
    about = About(
        category=shelves[row["category"]],
        owner=getattr(cast, row["owner"]),
        review_on=(at + timedelta(days=row["review_in"])).date(),
        products=tuple(row.get("products", ())),
        available=tuple((product, tier) for product, tier in row.get("available", ())),
        plans=tuple(row.get("plans", ())),
    )
    article = add_article(key, about=about, by=about.owner, at=at - timedelta(days=120))
    for text in row["texts"]:
        _publish(article, text, cast, at)
    return article


def _publish(
    article: Article, text: dict[str, Any], cast: Cast, at: datetime
) -> ArticleVersion:
    words = Written(text["title"], text["body"], text["summary"], text.get("note", ""))
    by_software = text.get("by_software", False)
    return publish_article(
        article,
        text["language"],
        words,
        by=None if by_software else cast.ana,
        at=at - timedelta(days=text["ago"]),
        origin=Origin(by_software=by_software),
    )

"""Writes what is known of an article beside its words: none of it makes a new version."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.knowledge.actions.telling import note_change, tell
from answerable.knowledge.core.slugs import free_slug, slug_of
from answerable.knowledge.models import Article, Category


@dataclass(frozen=True, slots=True)
class About:
    """What an article is about, for whom it is, and who looks after it.

    `available` names subscriptions as product and tier; `plans` are keys of the plans whose
    customers alone may read it. None named of either means everybody.
    """

    category: Category | None = None
    owner: Agent | None = None
    review_on: date | None = None
    products: tuple[str, ...] = ()
    available: tuple[tuple[str, str], ...] = ()
    plans: tuple[str, ...] = ()


NOTHING_SAID = About()


@transaction.atomic
def add_article(
    key: str,
    *,
    at: datetime,
    official: str = "en",
    about: About = NOTHING_SAID,
    by: Agent | None = None,
) -> Article:
    """Make an article that has no text yet. A key that is taken gets a number."""
    slug = slug_of(key)
    taken = set(Article.objects.filter(key__startswith=slug).values_list("key", flat=True))
    article = Article.objects.create(
        key=free_slug(slug, taken),
        official=official,
        category=about.category,
        owner=about.owner,
        created_at=at,
        **_plain(about),
    )
    note_change(article, "added", (None, article.key), by=by, at=at)
    tell(article)
    return article


@transaction.atomic
def change_facts(
    article: Article, about: About, *, by: Agent | None, at: datetime
) -> tuple[str, ...]:
    """Change what is known of an article, and return the names of the facts that changed.

    Each is a line with who changed it. The day on which readers see it was last updated stays.
    """
    held = Article.objects.select_for_update(of=("self",)).get(pk=article.pk)
    before, after = _told(facts_of(held)), _told(about)
    changed = tuple(name for name in after if before[name] != after[name])
    if not changed:
        return ()
    for name, value in _plain(about).items():
        setattr(article, name, value)
    article.category, article.owner = about.category, about.owner
    article.save(update_fields=[*_plain(about), "category", "owner"])
    for name in changed:
        note_change(article, name, (before[name], after[name]), by=by, at=at)
    tell(article)
    return changed


def facts_of(article: Article) -> About:
    """Return what is known of an article, to be changed with `dataclasses.replace`."""
    return About(
        category=article.category,
        owner=article.owner,
        review_on=article.review_on,
        products=tuple(article.products),
        available=tuple((row["product"], row["tier"]) for row in article.available),
        plans=tuple(article.plans),
    )


@transaction.atomic
def change_official(article: Article, language: str, *, by: Agent | None, at: datetime) -> None:
    """Let the text of another language prevail; what translated the old one stays."""
    if language == article.official:
        return
    before, article.official = article.official, language
    article.save(update_fields=["official"])
    note_change(article, "official", (before, language), by=by, at=at)
    tell(article)


def put_in(
    article: Article, category: Category | None, *, by: Agent | None, at: datetime
) -> None:
    """Put an article on a shelf, or on none."""
    change_facts(article, replace(facts_of(article), category=category), by=by, at=at)


def _plain(about: About) -> dict[str, object]:
    """Return the facts that are columns of their own, as the table has them."""
    available = [{"product": product, "tier": tier} for product, tier in about.available]
    return {
        "review_on": about.review_on,
        "products": list(about.products),
        "available": available,
        "plans": list(about.plans),
    }


def _told(about: About) -> Mapping[str, object]:
    """Return the facts as a line of changes keeps them."""
    plain = _plain(about)
    plain["review_on"] = about.review_on.isoformat() if about.review_on else None
    plain["category"] = about.category.key if about.category else None
    plain["owner"] = about.owner.name if about.owner else None
    return plain

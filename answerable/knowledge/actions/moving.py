"""Moves articles to other addresses. Where one was found before leads on to where it is now."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.knowledge.actions.telling import note_change, tell
from answerable.knowledge.core.slugs import slug_of
from answerable.knowledge.models import Article, ArticleText, OldAddress


class SlugTaken(Exception):
    """Another article is found at this address."""

    def __init__(self, text: ArticleText) -> None:
        self.text = text
        super().__init__(f"{text.slug} is taken.")


@transaction.atomic
def move(text: ArticleText, slug: str, *, by: Agent | None, at: datetime) -> ArticleText:
    """Let a text be found at another address. The one before leads on to it.

    Raises SlugTaken when another article is found there.
    """
    slug, before = slug_of(slug), text.slug
    if slug == before:
        return text
    there = ArticleText.objects.filter(language=text.language, slug=slug)
    if taken := there.exclude(pk=text.pk).first():
        raise SlugTaken(taken)
    free_the_way(text.language, slug)
    text.slug = slug
    text.save(update_fields=["slug"])
    if text.current_id:
        lead_on(text.article, text.language, before)
    note_change(text.article, f"slug {text.language}", (before, slug), by=by, at=at)
    tell(text.article)
    return text


def lead_on(article: Article, language: str, slug: str) -> OldAddress:
    """Let an old address lead to an article: its own of before, or another help centre's."""
    return OldAddress.objects.update_or_create(
        language=language, slug=slug, defaults={"article": article}
    )[0]


def free_the_way(language: str, slug: str) -> None:
    """Forget where an old address leads, since an article is found at it now."""
    OldAddress.objects.filter(language=language, slug=slug).delete()

"""Takes articles away from readers, and puts them back."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from answerable.accounts.models import Agent
from answerable.knowledge.actions.indexing import index_article
from answerable.knowledge.actions.telling import note_change, tell
from answerable.knowledge.models import Article


@transaction.atomic
def remove_article(
    article: Article, *, by: Agent | None, at: datetime, replaced_by: Article | None = None
) -> bool:
    """Take an article away from readers; its page says since when, and what replaced it.

    False when it was removed already: then what replaces it is corrected.
    """
    found = Article.objects.filter(pk=article.pk, removed_at=None)
    is_first = bool(found.update(removed_at=at, replaced_by=replaced_by))
    if not is_first:
        Article.objects.filter(pk=article.pk).update(replaced_by=replaced_by)
    other = replaced_by.key if replaced_by else None
    note_change(article, "removed", (None, other), by=by, at=at)
    article.refresh_from_db(fields=["removed_at", "replaced_by"])
    index_article(article)
    tell(article)
    return is_first


@transaction.atomic
def restore_article(article: Article, *, by: Agent | None, at: datetime) -> bool:
    """Give a removed article back to its readers; False when it is not removed."""
    found = Article.objects.filter(pk=article.pk, removed_at__isnull=False)
    if not found.update(removed_at=None, replaced_by=None):
        return False
    note_change(article, "restored", (None, None), by=by, at=at)
    article.refresh_from_db(fields=["removed_at", "replaced_by"])
    index_article(article)
    tell(article)
    return True

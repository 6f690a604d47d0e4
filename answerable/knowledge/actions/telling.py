"""What every action on an article does besides: a line of who did it, news for open pages."""

from __future__ import annotations

from datetime import datetime

from answerable.accounts.models import Agent
from answerable.knowledge.models import Article, ArticleChange
from answerable.live.events import Changed, publish


def tell(article: Article) -> None:
    """Tell the pages of agents that an article, and the list it is in, have changed."""
    publish(Changed("articles-all"), Changed(f"articles-{article.pk}"))


def note_change(
    article: Article,
    what: str,
    values: tuple[object, object],
    *,
    by: Agent | None,
    at: datetime,
) -> None:
    """Add a line of what was changed about an article: before, and after."""
    before, after = values
    ArticleChange.objects.create(
        article=article, what=what, before=before, after=after, by=by, at=at
    )

"""What every view of this room does alike: find an article, a text, a draft; frame a page."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.functional import Promise

from answerable.accounts.guards import AgentRequest, agent_required
from answerable.accounts.models import Agent
from answerable.authoring.words import is_language
from answerable.knowledge.models import Article, ArticleDraft, ArticleText

administrator_required = agent_required(role=Agent.Role.ADMINISTRATOR)


def found_article(key: str) -> Article:
    """Return the article of an address, or the page that says there is none."""
    articles = Article.objects.select_related("category", "owner", "replaced_by")
    return get_object_or_404(articles, key=key)


def found_text(article: Article, language: str) -> ArticleText:
    """Return an article's text in a language, or the page that says there is none."""
    texts = article.texts.select_related("article", "current__source")
    return get_object_or_404(texts, language=language)


def text_in(article: Article, language: str) -> ArticleText | None:
    """Return an article's text in a language; None where it was not begun."""
    if not is_language(language):
        raise Http404
    return (
        article.texts.select_related("article", "current__source")
        .filter(language=language)
        .first()
    )


def draft_of(text: ArticleText | None, agent: Agent) -> ArticleDraft | None:
    """Return what an agent has typed of a text's next version and not published."""
    if text is None:
        return None
    drafts = text.drafts.filter(writer=agent).select_related("based_on")
    return drafts.first()


def frame(
    request: AgentRequest, title: Promise | str, section: str = "articles"
) -> dict[str, Any]:
    """Return what the frame of every page needs."""
    return {"agent": request.agent, "title": title, "section": section}

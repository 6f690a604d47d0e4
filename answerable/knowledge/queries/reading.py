"""Reads an article for whoever asks for it, and what its page says beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from answerable.knowledge.access import Person, allowed_to, texts_readable_by
from answerable.knowledge.models import ArticleText, ArticleVersion, OldAddress

CHANGES_SHOWN = 5
WITH = (
    "article__category",
    "article__replaced_by",
    "current__source",
    "current__checked_by",
)


@dataclass(frozen=True, slots=True)
class Asked:
    """What was found at an address: an article, one that was removed, or the way to another."""

    text: ArticleText | None = None
    removed: ArticleText | None = None
    moved_to: ArticleText | None = None


def article_for(person: Person, language: str, slug: str, at: datetime) -> ArticleText | None:
    """Return the published text at an address, with its version; None where there is none for
    this reader. For a contact it takes two queries, for others one."""
    texts = texts_readable_by(person, at).select_related(*WITH)
    return texts.filter(language=language, slug=slug).first()


def asked_for(person: Person, language: str, slug: str, at: datetime) -> Asked:
    """Return what is found at an address, or was; nothing of what this reader may not read."""
    if text := article_for(person, language, slug, at):
        return Asked(text=text)
    allowed = allowed_to(person, at, "article__")
    gone = ArticleText.objects.filter(allowed, language=language, slug=slug)
    removed = gone.filter(article__removed_at__isnull=False, current__isnull=False)
    if text := removed.select_related(*WITH).first():
        return Asked(removed=text)
    old = OldAddress.objects.filter(allowed, language=language, slug=slug).first()
    if old is None:
        return Asked()
    texts = ArticleText.objects.filter(allowed, article=old.article_id, current__isnull=False)
    return Asked(moved_to=nearest(list(texts.select_related("article")), language))


def nearest(texts: Sequence[ArticleText], language: str) -> ArticleText | None:
    """Return an article's text in a language, else the official one, else any."""
    wanted = [text for text in texts if text.language == language]
    official = [text for text in texts if text.language == text.article.official]
    return next(iter([*wanted, *official, *texts]), None)


def languages_of(text: ArticleText) -> list[ArticleText]:
    """Return the published texts of the same article, itself too, by language. One query."""
    published = ArticleText.objects.filter(article=text.article_id, current__isnull=False)
    return list(published.select_related("current").order_by("language"))


def last_changes(text: ArticleText) -> list[ArticleVersion]:
    """Return the newest versions of a text, the newest first. One query."""
    return list(text.versions.defer("body").order_by("-number")[:CHANGES_SHOWN])

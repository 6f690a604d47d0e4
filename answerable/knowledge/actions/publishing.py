"""Publishes versions of articles. What readers see is always a version, which never changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Max

from answerable.accounts.models import Agent
from answerable.knowledge.actions.drafts import Written
from answerable.knowledge.actions.files import take_files
from answerable.knowledge.actions.indexing import index
from answerable.knowledge.actions.moving import free_the_way
from answerable.knowledge.actions.telling import tell
from answerable.knowledge.core.slugs import LONGEST, free_slug, slug_of
from answerable.knowledge.models import (
    Article,
    ArticleDraft,
    ArticleText,
    ArticleVersion,
)
from answerable.lib.locks import locked

LONGEST_BODY = 200_000


class Empty(Exception):
    """An article needs a title and words."""


class TooLong(Exception):
    """The words of an article must be LONGEST_BODY characters or fewer."""


class NoOfficialText(Exception):
    """A translation says what the official text says, and that was not published yet."""


class NewerArticle(Exception):
    """Somebody published a version since a draft was begun."""

    def __init__(self, version: ArticleVersion) -> None:
        self.version = version
        super().__init__(f"{version} was published meanwhile.")


@dataclass(frozen=True, slots=True)
class Origin:
    """Where the words of a version come from.

    `source` is the official version that a translation says; without one it is the newest.
    """

    by_software: bool = False
    source: ArticleVersion | None = None


WRITTEN_BY_HAND = Origin()


def begin_text(article: Article, language: str, slug: str) -> ArticleText:
    """Return an article's text in a language; a new one has no version, and nobody sees it.

    A slug that another article has gets a number.
    """
    text = article.texts.filter(language=language).select_related("current").first()
    if text:
        return text
    like = ArticleText.objects.filter(language=language, slug__startswith=slug[:LONGEST])
    taken = set(like.values_list("slug", flat=True))
    free_the_way(language, free := free_slug(slug, taken))
    return ArticleText.objects.create(article=article, language=language, slug=free)


@transaction.atomic
def publish_article(
    article: Article,
    language: str,
    written: Written,
    *,
    by: Agent | None,
    at: datetime,
    origin: Origin = WRITTEN_BY_HAND,
) -> ArticleVersion:
    """Publish the next version of an article in a language: readers see it from now on.

    A text that is new has its address from its title. The same words again are the version
    that they are. Raises Empty without a title or words, TooLong for more than anybody reads,
    and NoOfficialText for a translation of nothing.
    """
    if not written.title.strip() or not written.body.strip():
        raise Empty
    if len(written.body) > LONGEST_BODY:
        raise TooLong
    Article.objects.select_for_update(no_key=True).get(pk=article.pk)
    source = _source(article, language, origin)
    text = begin_text(article, language, slug_of(written.title))
    if text.current and _says_the_same(text.current, written, source, origin):
        return text.current
    version = _add(text, written, Origin(origin.by_software, source), by, at)
    text.current = version
    text.save(update_fields=["current"])
    take_files(article, written.body)
    index(text)
    tell(article)
    return version


@transaction.atomic
def publish_draft(
    draft: ArticleDraft,
    text: ArticleText,
    *,
    at: datetime,
    origin: Origin = WRITTEN_BY_HAND,
) -> ArticleVersion:
    """Publish what a writer has typed as the next version of a text, and end the draft.

    Raises NewerArticle when somebody published one since it was begun, and what
    `publish_article` raises.
    """
    held = locked(ArticleText.objects.filter(pk=text.pk)).select_related("current").get()
    current = held.current
    if current and current.pk != draft.based_on_id:
        raise NewerArticle(current)
    written = Written(draft.title, draft.body, draft.summary, draft.note)
    version = publish_article(
        text.article, text.language, written, by=draft.writer, at=at, origin=origin
    )
    draft.delete()
    return version


def _source(article: Article, language: str, origin: Origin) -> ArticleVersion | None:
    """Return the official version that a text says; None for the official text itself."""
    if language == article.official:
        return None
    if origin.source:
        return origin.source
    official = article.texts.filter(language=article.official, current__isnull=False)
    text = official.select_related("current").first()
    if text is None:
        raise NoOfficialText
    return text.current


def _says_the_same(
    version: ArticleVersion, written: Written, source: ArticleVersion | None, origin: Origin
) -> bool:
    words = (version.title, version.body, version.summary)
    same = words == (written.title, written.body, written.summary)
    from_there = version.source_id == (source.pk if source else None)
    return same and from_there and version.by_software == origin.by_software


def _add(
    text: ArticleText, written: Written, origin: Origin, by: Agent | None, at: datetime
) -> ArticleVersion:
    number = (text.versions.aggregate(last=Max("number"))["last"] or 0) + 1
    return text.versions.create(
        number=number,
        title=written.title.strip(),
        summary=written.summary.strip(),
        body=written.body,
        note=written.note.strip(),
        by_software=origin.by_software,
        source=origin.source,
        published_at=at,
        published_by=by,
    )

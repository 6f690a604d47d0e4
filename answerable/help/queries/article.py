"""All that an article's page shows to one reader."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.safestring import SafeString

from answerable.help.languages import name_here
from answerable.knowledge.access import Person
from answerable.knowledge.available import Availability, availability_of, runs_of
from answerable.knowledge.filling import Reading, filled
from answerable.knowledge.markup.values import Heading, Rendered
from answerable.knowledge.models import ArticleText, ArticleVersion, CategoryName
from answerable.knowledge.queries.reading import languages_of, last_changes
from answerable.knowledge.rendering import rendered

TOP_LEVELS = 3
FEW_HEADINGS = 3


@dataclass(frozen=True, slots=True)
class Translated:
    """What a reader of a translation should know, if anything.

    `official` is the text that prevails, where there is one. `newer` is when it changed since.
    """

    by_software: bool
    language: str
    official: ArticleText | None
    newer: datetime | None


@dataclass(frozen=True, slots=True)
class Page:
    """An article's page."""

    text: ArticleText
    version: ArticleVersion
    category: CategoryName | None
    languages: Sequence[ArticleText]
    translated: Translated | None
    content: Rendered
    html: SafeString
    availability: Availability
    changes: Sequence[ArticleVersion]

    @property
    def contents(self) -> Sequence[Heading]:
        """The table of contents; none for an article of few headings."""
        shown = [one for one in self.content.headings if one.level <= TOP_LEVELS]
        return shown if len(shown) >= FEW_HEADINGS else ()


def page_of(text: ArticleText, person: Person, at: datetime) -> Page:
    """Return an article's page for somebody who may read it, in the language that is active.

    Its queries are as many for every article and reader of a kind.
    """
    version = text.current
    if version is None:
        raise ArticleVersion.DoesNotExist
    languages = languages_of(text)
    content = rendered(version)
    return Page(
        text=text,
        version=version,
        category=category_name(text.article.category_id, text.language),
        languages=languages,
        translated=_translated(text, version, languages),
        content=content,
        html=filled(content, Reading(person, at)),
        availability=availability_of(text.article, runs_of(person, at)),
        changes=last_changes(text),
    )


def category_name(category: int | None, language: str) -> CategoryName | None:
    """Return what a category is called in a language, else in another. At most one query."""
    if category is None:
        return None
    names = list(CategoryName.objects.filter(category=category).select_related("category"))
    return next((name for name in names if name.language == language), next(iter(names), None))


def _translated(
    text: ArticleText, version: ArticleVersion, languages: Sequence[ArticleText]
) -> Translated | None:
    """Return what is to be said of a translation; nothing of a checked and current one."""
    source = version.source
    if source is None or text.language == text.article.official:
        return None
    official = next((one for one in languages if one.language == text.article.official), None)
    current = official.current if official else None
    newer = current.published_at if current and current.number > source.number else None
    if not version.by_software and newer is None:
        return None
    language = name_here(text.article.official)
    return Translated(version.by_software, language, official, newer)
